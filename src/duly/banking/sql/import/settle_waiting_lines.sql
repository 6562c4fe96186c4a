-- The lines of a statement out of quarantine are open; those that are on record already are dropped.
update banking_line as l
set state = case
        when %(adds)s = 'none' or (%(adds)s = 'new' and known.last_ordinal >= l.ordinal) then 'undone'
        else 'open' end,
    ordinal = case when %(adds)s = 'all' then l.ordinal + known.last_ordinal else l.ordinal end
from (
    select q.id, coalesce(max(k.ordinal), 0) as last_ordinal
    from banking_line as q
    left join banking_line as k
        on k.entity_id = q.entity_id and k.bank_account_id = q.bank_account_id and k.identity_hash = q.identity_hash
        and k.state in ('open', 'placed')
    where q.entity_id = %(entity)s and q.bank_account_id = %(account)s and q.statement_id = %(statement)s
        and q.state = 'quarantined'
    group by q.id
) as known
where l.entity_id = %(entity)s and l.id = known.id;
