-- What the income accounts took in, by month, from the day totals.
select to_char(d.on_day, 'YYYY-MM') as month, a.code, a.name, d.currency,
    sum(d.credit_minor - d.debit_minor)::bigint as revenue_minor
from ledger_daily as d
join ledger_account as a on a.entity_id = d.entity_id and a.id = d.gl_account_id and a.kind = 'income'
where d.entity_id = %(entity)s and d.on_day between %(from_on)s and %(to_on)s
group by 1, 2, 3, 4
order by 1, 2, 4;
