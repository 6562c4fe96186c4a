-- The trial balance at the end of the period, as it is closed.
insert into ledger_snapshot (entity_id, period_id, gl_account_id, currency, debit_minor, credit_minor)
select d.entity_id, p.id, d.gl_account_id, d.currency, sum(d.debit_minor)::bigint, sum(d.credit_minor)::bigint
from ledger_period as p
join ledger_daily as d on d.entity_id = p.entity_id and d.on_day <= p.ends_on
where p.entity_id = %(entity)s and p.id = %(id)s
group by d.entity_id, p.id, d.gl_account_id, d.currency;
