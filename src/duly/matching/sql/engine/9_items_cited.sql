-- What is cited is paid oldest first, as far as the money goes.
insert into match_proposal_item (proposal_id, item_id, amount_minor, open_minor)
select proposal_id, item_id, least(open_minor, left_minor), open_minor
from (
    select p.proposal_id, c.item_id, c.open_minor,
        p.amount_minor - coalesce(sum(c.open_minor) over (
            partition by p.proposal_id order by c.due_on, c.item_id
            rows between unbounded preceding and 1 preceding), 0) as left_minor
    from match_proposal as p
    join match_candidate as c on c.line_id = p.line_id and c.cited_by is not null and c.open_minor > 0
    where p.rule in ('cited', 'cited_and_more', 'cited_in_part')
) as shares
where left_minor > 0;
