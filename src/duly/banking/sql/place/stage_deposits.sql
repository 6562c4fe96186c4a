-- The receipts by hand that a line brings to the bank.
insert into staged_deposit (placement_id, receipt_id)
select g.placement_id, g.receipt_id
from unnest(%(placements)s::bigint[], %(receipts)s::bigint[]) as g (placement_id, receipt_id);
