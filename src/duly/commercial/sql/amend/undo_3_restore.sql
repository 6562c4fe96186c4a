-- The versions they cut last as long as before.
update commercial_term as t
set valid_to = was.valid_to
from (
    select distinct on ((v ->> 'term')::bigint) (v ->> 'term')::bigint as term_id, (v ->> 'valid_to')::date as valid_to
    from commercial_amendment as m
    cross join lateral jsonb_array_elements(m.before) as v
    where m.entity_id = %(entity)s and m.id = any(%(ids)s)
        and not exists (
            select from commercial_term as n
            where n.entity_id = m.entity_id and n.id = (v ->> 'term')::bigint and n.amendment_id = any(%(ids)s))
    order by (v ->> 'term')::bigint, m.id) as was
where t.entity_id = %(entity)s and t.id = was.term_id;
