-- Whom to call back: contacts that were on record, with that phone, before the day the change was asked for; and the
-- customer's own number where it was on record before that day and nobody changed it since.
select c.id, c.name, c.phone, c.duty, c.valid_from as known_since
from parties_contact as c
join parties_bank_change as b on b.entity_id = c.entity_id and b.party_id = c.party_id
where c.entity_id = %(entity)s and b.id = %(id)s and c.phone <> '' and c.valid_from < b.requested_on
    and (c.valid_to is null or c.valid_to > b.requested_on)
union all
select 0, p.name, p.phone, 'the customer''s own number', coalesce(e.at, p.created_at)::date
from parties_party as p
join parties_bank_change as b on b.entity_id = p.entity_id and b.party_id = p.id
left join lateral (
    select max(x.at) as at
    from events_event as x
    where x.entity_id = p.entity_id and x.subject_kind = 'party' and x.subject_id = p.id
        and x.action = 'parties.change' and x.facts -> 'after' ? 'phone'
) as e on true
where p.entity_id = %(entity)s and b.id = %(id)s and p.phone <> ''
    and coalesce(e.at, p.created_at)::date < b.requested_on
order by known_since, id;
