-- The statements stand; what may not leave, or has no address, is held with its reason.
insert into collections_statement (entity_id, id, account_id, party_id, currency, from_on, to_on, opening_minor, moved_minor,
    closing_minor, past_due_minor, documents, channel, address, language, state, why, next_allowed_at, made_by, made_at)
select %(entity)s, m.statement_id, m.account_id, m.party_id, m.currency, m.from_on, %(to_on)s, m.opening_minor, m.moved_minor,
    m.opening_minor + m.moved_minor, m.past_due_minor, m.documents, m.channel, m.address, m.language,
    case when w.why = '' then 'queued' else 'held' end, w.why, v.next_allowed_at, %(by)s, %(at)s
from statement_made as m
join staged_ask as s on s.place = m.statement_id
join staged_verdict as v on v.facts = s.facts
cross join lateral (
    select case when m.channel = 'email' and m.address = '' then 'no_address'
        when v.allowed or v.next_allowed_at <= %(latest)s then '' else 'gate_' || v.reason end as why
) as w
on conflict do nothing;
