-- Every answer is kept.
insert into collections_answer (entity_id, id, party_id, account_id, channel, purpose, contact_at, allowed, reason,
    next_allowed_at, laws, run_id, asked_by)
select %(entity)s, s.answer_id, s.party_id, s.account_id, s.channel, s.purpose, s.contact_at, v.allowed, v.reason, v.next_allowed_at,
    v.laws, %(run)s, %(by)s
from staged_ask as s
join staged_verdict as v on v.facts = s.facts
order by s.place;
