-- A letter with the words of its step, and the reference of its first item.
select l.public_id, l.party_id, l.account_id, l.language, l.currency, l.pay_by_on, r.through_on, s.texts, l.items, coalesce((
    select n.reference
    from collections_letter_item as li
    join receivables_item as i on i.entity_id = li.entity_id and i.id = li.item_id
    join receivables_number as n
        on n.entity_id = i.entity_id and n.document_kind = i.kind and n.document_id = i.document_id
    where li.entity_id = l.entity_id and li.letter_id = l.id
    order by li.due_on, li.item_id
    limit 1), '') as reference
from collections_letter as l
join collections_run as r on r.entity_id = l.entity_id and r.id = l.run_id
join collections_policy_step as s on s.entity_id = l.entity_id and s.policy_id = l.policy_id and s.step = l.step
where l.entity_id = %(entity)s and l.id = %(id)s;
