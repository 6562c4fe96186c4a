-- What was settled before is settled again, as far as both sides still bear it.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, g.debit_id, g.credit_id, g.minor, %(reason)s
from (
    select a.debit_id, a.credit_id, least(a.minor, d.open_minor, -c.open_minor) as minor
    from unnest(%(debits)s::bigint[], %(credits)s::bigint[], %(amounts_minor)s::bigint[]) as a (debit_id, credit_id, minor)
    join receivables_item as d on d.entity_id = %(entity)s and d.id = a.debit_id
    join receivables_item as c on c.entity_id = %(entity)s and c.id = a.credit_id
) as g
where g.minor > 0;
