-- Every accepted proposal places its line (or its share of it) on the account.
insert into staged_placement (entity_id, placement_id, line_id, line_version, kind, account_id, amount_minor)
select %(entity)s, placement_id, line_id, line_version,
    case when returns_receipt_id is not null then 'return' when amount_minor < 0 then 'refund' else 'receipt' end,
    account_id, amount_minor
from accepting
order by proposal_id;
