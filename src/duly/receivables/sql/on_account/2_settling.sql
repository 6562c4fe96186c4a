-- What these credits settle at this moment, latest first; what was moved or paid out through them is left alone.
select a.id, a.debit_item_id, a.credit_item_id, a.amount_minor
from receivables_allocation as a
join receivables_item as d on d.entity_id = a.entity_id and d.id = a.debit_item_id
where a.entity_id = %(entity)s and a.credit_item_id = any(%(ids)s) and a.amount_minor > 0
    and d.kind not in ('transfer_out', 'payment', 'write_off')
    and not exists (
        select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id)
order by a.id desc;
