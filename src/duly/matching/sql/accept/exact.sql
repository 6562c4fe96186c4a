-- The proposals that nothing speaks against, of these lines or of all.
select p.id
from matching_proposal as p
where p.entity_id = %(entity)s and p.state = 'proposed' and p.confidence = 'exact'
    and (%(lines)s::bigint[] is null or p.line_id = any(%(lines)s))
order by p.id;
