-- A placed line has standing placements that add up to it; an open one has none.
with standing as (
    select line_id, sum(amount_minor)::bigint as minor
    from banking_placement
    where entity_id = %(entity)s and undone_on is null
    group by line_id
)
select 'banking.placement' as check, 'bank line ' || coalesce(l.id, s.line_id) as subject,
    'is ' || coalesce(l.state, 'unknown') || ' with ' || coalesce(l.amount_minor, 0) || ', placed '
    || coalesce(s.minor, 0) as detail
from (select * from banking_line where entity_id = %(entity)s) as l
full join standing as s on s.line_id = l.id
where case when l.state = 'placed' then l.amount_minor is distinct from s.minor else s.minor is not null end
limit 100;
