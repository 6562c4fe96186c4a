-- Statements in quarantine that add up in themselves, measured against the lines on record, earliest first.
select s.id, s.bank_account_id, b.currency, s.opening_minor, s.closing_minor, s.from_on, s.to_on, s.lines, s.sum_minor,
    count(k.id) as known,
    count(k.id) filter (where ks.state = 'chained') as known_chained,
    coalesce(sum(l.amount_minor) filter (where ks.state = 'chained'), 0)::bigint as known_chained_minor,
    s.problem
from banking_statement as s
join banking_account as b on b.entity_id = s.entity_id and b.id = s.bank_account_id
left join banking_line as l on l.entity_id = s.entity_id and l.statement_id = s.id and l.state = 'quarantined'
left join banking_line as k
    on k.entity_id = l.entity_id and k.bank_account_id = l.bank_account_id and k.identity_hash = l.identity_hash
    and k.ordinal = l.ordinal and k.state in ('open', 'placed')
left join banking_statement as ks on ks.entity_id = k.entity_id and ks.id = k.statement_id
where s.entity_id = %(entity)s and s.bank_account_id = %(account)s and s.state = 'quarantined'
    and (%(statement)s::bigint is null or s.id = %(statement)s)
    and s.waits
group by s.entity_id, s.id, b.currency
order by s.from_on, s.id;
