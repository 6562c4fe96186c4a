-- The lines are done; what was proposed for them has no chance any more.
with aside as (
    update matching_proposal
    set state = 'stale'
    where entity_id = %(entity)s and line_id = any(%(ids)s) and state = 'proposed'
)
insert into matching_result as r (entity_id, line_id, booked_on, amount_minor, currency, state, sentence, method, at)
select l.entity_id, l.id, l.booked_on, l.amount_minor, l.currency, 'done', %(sentence)s, 'person', %(at)s::timestamptz
from banking_line as l
where l.entity_id = %(entity)s and l.id = any(%(ids)s)
order by l.id
on conflict (entity_id, line_id) do update set
    state = 'done', sentence = excluded.sentence, proposal_id = null, method = 'person', at = excluded.at;
