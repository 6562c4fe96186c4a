-- Two lines that would pay the same item beyond what it has open are both a person's to decide.
with contested as (
    select i.item_id
    from match_proposal_item as i
    join match_proposal as p on p.proposal_id = i.proposal_id and p.confidence = 'exact'
    group by i.item_id
    having sum(i.amount_minor) > max(i.open_minor)
)
update match_proposal as p
set warnings = p.warnings || array['another line pays the same document']
where p.proposal_id in (
    select i.proposal_id from match_proposal_item as i join contested as c on c.item_id = i.item_id);
