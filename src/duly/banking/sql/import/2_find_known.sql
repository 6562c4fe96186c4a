-- Every staged line has its ordinal among its equals in the file, and the line on record it is, if any.
insert into staged_bank_ordinal (line_no, place, ordinal, last_ordinal, known_id, known_in)
select n.line_no, n.place, n.ordinal, coalesce(m.last_ordinal, 0), k.id, s.state
from (
    select line_no, place, bank_account_id, identity_hash,
        row_number() over (partition by bank_account_id, identity_hash order by line_no) as ordinal
    from staged_bank_line
) as n
left join (
    select l.bank_account_id, l.identity_hash, max(l.ordinal) as last_ordinal
    from banking_line as l
    where l.entity_id = %(entity)s and l.state in ('open', 'placed')
        and (l.bank_account_id, l.identity_hash) in (select bank_account_id, identity_hash from staged_bank_line)
    group by 1, 2
) as m on m.bank_account_id = n.bank_account_id and m.identity_hash = n.identity_hash
left join banking_line as k
    on k.entity_id = %(entity)s and k.bank_account_id = n.bank_account_id and k.identity_hash = n.identity_hash
    and k.ordinal = n.ordinal and k.state in ('open', 'placed')
left join banking_statement as s on s.entity_id = k.entity_id and s.id = k.statement_id;
