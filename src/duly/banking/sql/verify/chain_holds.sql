-- From closing to closing exactly the lines of the statement lie, and the opening of the first is its own.
with chain as (
    select s.*, lag(s.closing_minor) over (partition by s.bank_account_id order by s.chain_no) as before_minor
    from banking_statement as s
    where s.entity_id = %(entity)s and s.state = 'chained'
),
held as (
    select l.statement_id, sum(l.amount_minor)::bigint as minor
    from banking_line as l
    where l.entity_id = %(entity)s and l.state in ('open', 'placed')
    group by l.statement_id
)
select 'banking.chain' as check, 'statement ' || c.id as subject,
    'closes with ' || c.closing_minor || ', but ' || coalesce(c.before_minor, c.opening_minor) || ' and its lines '
    || coalesce(h.minor, 0) || ' make ' || coalesce(c.before_minor, c.opening_minor) + coalesce(h.minor, 0) as detail
from chain as c
left join held as h on h.statement_id = c.id
where coalesce(c.before_minor, c.opening_minor) + c.gap_accepted_minor + coalesce(h.minor, 0) <> c.closing_minor
limit 100;
