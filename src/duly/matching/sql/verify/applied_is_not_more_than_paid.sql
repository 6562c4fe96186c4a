-- The items of a proposal never take more than its money.
select 'matching.items' as check, 'proposal ' || p.id as subject,
    'applies ' || i.minor || ' of ' || p.amount_minor as detail
from matching_proposal as p
join (
    select proposal_id, sum(amount_minor) as minor
    from matching_proposal_item where entity_id = %(entity)s group by proposal_id
) as i on i.proposal_id = p.id
where p.entity_id = %(entity)s and p.amount_minor > 0 and i.minor + p.left_minor <> p.amount_minor
limit 100;
