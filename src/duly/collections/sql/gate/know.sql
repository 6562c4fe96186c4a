-- Everything the gate must know of everybody asked about stands in `facts`; equal facts are equal text.
update staged_ask as s
set facts = jsonb_build_object(
    'kind', p.kind, 'country', p.country, 'region', upper(trim(p.region)),
    'area', case
        when p.phone like '+%%' then case when d.digits ~ '^1\d{10}$' then substr(d.digits, 2, 3) else '' end
        when p.country in ('US', 'CA', 'PR') and d.digits ~ '^1?\d{10}$' then substr(right(d.digits, 10), 1, 3)
        else '' end,
    'channel', s.channel, 'purpose', s.purpose, 'at', s.contact_at,
    'stops', (
        select jsonb_agg(jsonb_build_array(t.kind, t.channels, t.until_on) order by t.id)
        from collections_stop as t
        where t.entity_id = %(entity)s and t.party_id = s.party_id and t.lifted_at is null),
    'consent', (
        select c.state = 'granted' from collections_consent as c
        where c.entity_id = %(entity)s and c.party_id = s.party_id and c.channel = s.channel
            and (c.address in ('', s.address) or s.address = '') and c.at <= s.contact_at
        order by c.id desc
        limit 1),
    'contacts', (
        select jsonb_agg(jsonb_build_array(c.at, c.outcome = 'conversation', c.direction = 'out') order by c.at)
        from collections_contact as c
        where c.entity_id = %(entity)s and c.party_id = s.party_id and c.channel in ('call', 'text')
            and c.at between s.contact_at - interval '35 days' and s.contact_at)
)::text
from parties_party as p
cross join lateral (select regexp_replace(p.phone, '\D', '', 'g') as digits) as d
where p.entity_id = %(entity)s and p.id = s.party_id;
