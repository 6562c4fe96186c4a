-- Changes of bank details, one, of a party, or in some states; those that wait longest first.
select c.id, c.party_id, p.name as party_name, c.last4, c.holder, c.reason, c.came_by, c.state, c.requested_by,
    c.requested_by_name, c.requested_on, c.contact_id, c.contact_name, c.called_phone, c.called_by, c.called_by_name,
    c.called_at, c.call_note, c.confirmed_by, c.confirmed_by_name, c.confirmed_on, c.cooling_until_on, c.in_force_on,
    c.refused_by_name, c.refused_because
from parties_bank_change as c
join parties_party as p on p.entity_id = c.entity_id and p.id = c.party_id
where c.entity_id = %(entity)s
    and (%(id)s::bigint is null or c.id = %(id)s)
    and (%(party)s::bigint is null or c.party_id = %(party)s)
    and (%(states)s::text[] is null or c.state = any(%(states)s::text[]))
order by c.state in ('in_force', 'refused'), c.requested_on, c.id
limit %(limit)s;
