-- What the receipt settled is settled again by the corrected one, in the old order, as far as it still has money.
with wanted as (
    select g.debit_id, g.minor, g.place,
        sum(g.minor) over (order by g.place) - g.minor as before_minor
    from unnest(%(debits)s::bigint[], %(amounts_minor)s::bigint[]) with ordinality as g (debit_id, minor, place)
)
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, w.debit_id, %(credit)s, least(w.minor, %(paid_minor)s - w.before_minor), 'receipt corrected'
from wanted as w
where w.before_minor < %(paid_minor)s;
