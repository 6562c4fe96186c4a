-- What was proposed for open lines before and never decided makes room; accepted and refused ones stay for ever.
with forgotten as (
    delete from matching_proposal as p
    where p.entity_id = %(entity)s and p.state in ('proposed', 'stale')
        and (%(lines)s::bigint[] is null or p.line_id = any(%(lines)s))
    returning p.id
)
delete from matching_proposal_item as i
using forgotten as f
where i.entity_id = %(entity)s and i.proposal_id = f.id;
