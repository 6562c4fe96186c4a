-- Each letter waits in the outbox until the person may be reached; a call waits on the board.
insert into staged_outbox (entity_id, kind, topic, subject_kind, subject_id, account_id, dedup_key, not_before)
select l.entity_id, case l.channel when 'email' then 'mail' else 'file' end, 'collections.letter', 'letter', l.id,
    l.account_id, 'letter:' || l.id || ':1', greatest(%(not_before)s, l.not_before)
from collections_letter as l
where l.entity_id = %(entity)s and l.run_id = %(run)s and l.chunk = %(chunk)s and l.state = 'proposed'
    and l.channel <> 'call'
order by l.id;
