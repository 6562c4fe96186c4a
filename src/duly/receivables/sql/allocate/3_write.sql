-- The staged allocations stand, each with the account whose debt it settles. None takes effect before both its items
-- are there, nor before an earlier allocation of either was taken back: an item's history only goes forward, so what
-- was open on any past day lies between zero and its amount.
insert into receivables_allocation (entity_id, id, account_id, debit_item_id, credit_item_id, amount_minor, currency,
    effective_on, reason, actor_id, evidence)
select s.entity_id, s.allocation_id, d.account_id, s.debit_item_id, s.credit_item_id, s.amount_minor, d.currency,
    greatest(%(effective_on)s::date, d.issued_on, c.issued_on,
        (select max(m.effective_on) from receivables_allocation as m
            where m.entity_id = s.entity_id and m.debit_item_id = s.debit_item_id and m.reverses_id is not null),
        (select max(m.effective_on) from receivables_allocation as m
            where m.entity_id = s.entity_id and m.credit_item_id = s.credit_item_id and m.reverses_id is not null)),
    s.reason, %(actor)s, s.evidence
from staged_allocation as s
join receivables_item as d on d.entity_id = s.entity_id and d.id = s.debit_item_id
join receivables_item as c on c.entity_id = s.entity_id and c.id = s.credit_item_id
where s.entity_id = %(entity)s;
