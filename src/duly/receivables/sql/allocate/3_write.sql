-- The staged allocations stand, each with the account whose debt it settles.
insert into receivables_allocation (entity_id, id, account_id, debit_item_id, credit_item_id, amount_minor, currency,
    effective_on, reason, actor_id, evidence)
select s.entity_id, s.allocation_id, d.account_id, s.debit_item_id, s.credit_item_id, s.amount_minor, d.currency,
    %(effective_on)s, s.reason, %(actor)s, s.evidence
from staged_allocation as s
join receivables_item as d on d.entity_id = s.entity_id and d.id = s.debit_item_id
where s.entity_id = %(entity)s;
