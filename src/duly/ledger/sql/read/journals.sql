-- Journals written by hand, newest first, before a position; or the one asked for.
select j.id, j.effective_on, j.memo, j.state, j.lines, j.made_by, j.made_by_name, j.decided_by_name, j.created_at,
    j.decided_at, e.id as entry_id
from ledger_journal as j
left join ledger_entry as e on e.entity_id = j.entity_id and e.source_kind = 'journal' and e.source_id = j.id
where j.entity_id = %(entity)s
    and (%(id)s::bigint is null or j.id = %(id)s)
    and (%(state)s::text is null or j.state = %(state)s)
    and (%(before)s::bigint is null or j.id < %(before)s)
order by j.id desc
limit %(limit)s;
