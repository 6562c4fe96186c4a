-- The gates with the rights that need them on a day.
select g.name, g.covers, coalesce(array_agg(r.right_name order by r.right_name)
    filter (where r.right_name is not null), '{}') as rights
from access_gate as g
left join access_right_gate as r on r.entity_id = g.entity_id and r.gate = g.name
    and r.valid_from <= %(day)s and (r.valid_to is null or r.valid_to > %(day)s)
where g.entity_id = %(entity)s
group by g.name, g.covers
order by g.name;
