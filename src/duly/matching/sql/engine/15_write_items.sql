-- What each proposal would pay, with what was open when it was made.
insert into matching_proposal_item (entity_id, proposal_id, item_id, amount_minor, open_minor)
select %(entity)s, i.proposal_id, i.item_id, i.amount_minor, i.open_minor
from match_proposal_item as i
join matching_proposal as p on p.entity_id = %(entity)s and p.id = i.proposal_id;
