-- The item of the amount at each rank, or everything that is open.
insert into match_proposal_item (proposal_id, item_id, amount_minor, open_minor)
select p.proposal_id, c.item_id, c.open_minor, c.open_minor
from match_proposal as p
join (
    select c.line_id, c.item_id, c.open_minor, c.cited_by,
        row_number() over (partition by c.line_id, c.open_minor order by c.due_on, c.item_id) as rank
    from match_candidate as c
    where c.cited_by is null
) as c on c.line_id = p.line_id
where (p.rule = 'payer_amount' and c.open_minor = p.amount_minor and c.rank = p.rank) or p.rule = 'payer_all_open';
