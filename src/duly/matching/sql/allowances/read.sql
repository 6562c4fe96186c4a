-- What may be taken off, today's practices first.
select w.id, w.kind, w.account_id, a.number as account_number, a.name as account_name, w.rate, w.days, w.grace_days,
    w.amount_minor, w.currency, w.note, w.valid_from, w.valid_to, w.made_by
from matching_allowance as w
left join receivables_account as a on a.entity_id = w.entity_id and a.id = w.account_id
where w.entity_id = %(entity)s
order by w.valid_to is not null, w.account_id nulls first, w.kind, w.id
limit 500;
