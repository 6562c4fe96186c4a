-- A page of statements, newest last day first.
select s.id, s.bank_account_id, s.file_id, s.reference, s.sequence, s.from_on, s.to_on, s.opening_minor,
    s.closing_minor, s.lines, s.sum_minor, s.chain_no, s.state, s.problem, b.currency
from banking_statement as s
join banking_account as b on b.entity_id = s.entity_id and b.id = s.bank_account_id
where s.entity_id = %(entity)s
    and (%(account)s::int is null or s.bank_account_id = %(account)s)
    and (%(file)s::bigint is null or s.file_id = %(file)s)
    and (%(state)s::text is null or s.state = %(state)s)
    and (%(day)s::date is null or (s.to_on, s.id) < (%(day)s::date, %(last_id)s::bigint))
order by s.to_on desc, s.id desc
limit %(limit)s;
