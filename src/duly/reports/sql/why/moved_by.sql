-- What each kind of source moved on a ledger account up to a day.
select e.source_kind, p.currency, count(*) as postings, sum(p.amount_minor)::bigint as minor
from ledger_posting as p
join ledger_entry as e on e.entity_id = p.entity_id and e.id = p.entry_id
where p.entity_id = %(entity)s and p.gl_account_id = %(gl_account)s and p.effective_on <= %(as_of)s
group by e.source_kind, p.currency
order by p.currency, e.source_kind;
