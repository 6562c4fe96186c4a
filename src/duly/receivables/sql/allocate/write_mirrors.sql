-- Each named allocation not yet taken back has its mirror; the unique reverses_id decides between two who try.
insert into receivables_allocation (entity_id, account_id, debit_item_id, credit_item_id, amount_minor, currency,
    effective_on, reason, actor_id, reverses_id)
select a.entity_id, a.account_id, a.debit_item_id, a.credit_item_id, -a.amount_minor, a.currency,
    greatest(%(effective_on)s::date, a.effective_on), 'taken back', %(actor)s, a.id
from receivables_allocation as a
where a.entity_id = %(entity)s and a.id = any(%(ids)s) and a.amount_minor > 0
    and not exists (
        select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id)
order by a.id;
