-- The proposals are accepted, each with its receipt; what else was proposed for the line has no chance any more.
update matching_proposal as p
set state = case when p.id = a.proposal_id then 'accepted' else 'stale' end,
    decided_at = %(at)s, decided_by = %(by_name)s, batch_id = case when p.id = a.proposal_id then %(batch)s::bigint end,
    receipt_id = case when p.id = a.proposal_id then a.receipt_id end
from (
    select q.id, coalesce(own.proposal_id, 0) as proposal_id, own.receipt_id
    from matching_proposal as q
    left join (
        select x.proposal_id, r.receipt_id
        from accepting as x
        join staged_receipt as r on r.source_key = 'bank-line:' || x.placement_id
    ) as own on own.proposal_id = q.id
    where q.entity_id = %(entity)s and q.line_id in (select line_id from accepting) and q.state = 'proposed'
) as a
where p.entity_id = %(entity)s and p.id = a.id;
