-- The new money settles what was proposed, with the sentence and the evidence.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason, evidence)
select %(entity)s, i.item_id, r.item_id, i.amount_minor, p.sentence, p.evidence
from accepting as a
join matching_proposal as p on p.entity_id = %(entity)s and p.id = a.proposal_id
join matching_proposal_item as i on i.entity_id = p.entity_id and i.proposal_id = p.id
join staged_receipt as r on r.source_key = 'bank-line:' || a.placement_id
where a.amount_minor > 0
order by i.item_id;
