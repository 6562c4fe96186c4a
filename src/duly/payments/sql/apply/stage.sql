-- The given applications are staged as allocations.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, g.debit_id, g.credit_id, g.amount_minor, %(reason)s
from unnest(%(debit_ids)s::bigint[], %(credit_ids)s::bigint[], %(amounts_minor)s::bigint[])
    as g (debit_id, credit_id, amount_minor)
where g.amount_minor > 0;
