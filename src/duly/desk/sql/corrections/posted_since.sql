-- What entries after one post, summed by ledger account and customer.
select l.code, l.name, coalesce(a.number, '') as account_number, p.currency, sum(p.amount_minor)::bigint as amount_minor
from ledger_entry as e
join ledger_posting as p on p.entity_id = e.entity_id and p.entry_id = e.id
join ledger_account as l on l.entity_id = p.entity_id and l.id = p.gl_account_id
left join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
where e.entity_id = %(entity)s and e.id > %(after)s
group by l.code, l.name, a.number, p.currency
having sum(p.amount_minor) <> 0
order by l.code, a.number, p.currency;
