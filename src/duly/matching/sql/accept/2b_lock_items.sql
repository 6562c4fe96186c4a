-- All open items the proposals touch are ours until commit, in id order, before anything is posted.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s
    and i.id in (
        select p.item_id
        from accepting as a
        join matching_proposal_item as p on p.entity_id = %(entity)s and p.proposal_id = a.proposal_id
        union
        select own.id
        from accepting as a
        join receivables_item as own
            on own.entity_id = %(entity)s and own.kind = 'payment' and own.document_id = a.returns_receipt_id
        union
        select s.debit_item_id
        from accepting as a
        join receivables_item as own
            on own.entity_id = %(entity)s and own.kind = 'payment' and own.document_id = a.returns_receipt_id
        join receivables_allocation as s on s.entity_id = own.entity_id and s.credit_item_id = own.id)
order by i.id
for update;
