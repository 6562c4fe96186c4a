-- The lines are done.
insert into matching_result as r (entity_id, line_id, booked_on, amount_minor, currency, state, sentence, proposal_id,
    method, at)
select distinct on (l.id) l.entity_id, l.id, l.booked_on, l.amount_minor, l.currency, 'done', p.sentence, p.id, %(method)s,
    %(at)s::timestamptz
from accepting as a
join matching_proposal as p on p.entity_id = %(entity)s and p.id = a.proposal_id
join banking_line as l on l.entity_id = %(entity)s and l.id = a.line_id
order by l.id, p.id
on conflict (entity_id, line_id) do update set
    state = 'done', sentence = excluded.sentence, proposal_id = excluded.proposal_id, method = excluded.method,
    at = excluded.at;
