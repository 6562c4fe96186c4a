-- How often what a person asked for was accepted, refused or withdrawn.
select coalesce(jsonb_object_agg(state, asked), '{}')
from (
    select s.state, count(p.id) as asked
    from unnest(array['accepted', 'refused', 'withdrawn']) as s (state)
    left join access_proposal as p on p.entity_id = %(entity)s and p.made_by = %(user)s and p.state = s.state
    group by s.state
) as counted;
