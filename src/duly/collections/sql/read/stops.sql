-- The stop list, newest first.
select s.id, s.party_id, p.name, s.kind, s.channels, s.reason, s.until_on, s.placed_at, s.placed_by, s.lifted_at, s.lifted_by
from collections_stop as s
join parties_party as p on p.entity_id = s.entity_id and p.id = s.party_id
where s.entity_id = %(entity)s and (%(party)s::bigint is null or s.party_id = %(party)s)
    and (%(lifted)s or s.lifted_at is null)
order by s.id desc
limit %(limit)s;
