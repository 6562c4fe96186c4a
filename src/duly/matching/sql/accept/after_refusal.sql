-- The line stands with its next proposal, or without one.
update matching_result as r
set state = case when n.id is null then 'none' else 'decide' end,
    sentence = coalesce(n.sentence, 'Refused by ' || %(by_name)s || ': ' || %(reason)s),
    proposal_id = n.id
from (select 1) as always
left join lateral (
    select p.id, p.sentence
    from matching_proposal as p
    where p.entity_id = %(entity)s and p.line_id = %(line)s and p.state = 'proposed'
    order by p.rank, p.id
    limit 1
) as n on true
where r.entity_id = %(entity)s and r.line_id = %(line)s;
