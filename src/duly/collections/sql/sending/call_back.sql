-- A letter is called back when an item it asks for is no longer open as it says, is disputed or rests in a plan.
update collections_letter as l
set state = 'cancelled', why = 'what it reminds of has changed'
where l.entity_id = %(entity)s and l.id = %(id)s and l.state = 'released' and exists (
    select 1
    from collections_letter_item as li
    join receivables_item as i on i.entity_id = li.entity_id and i.id = li.item_id
    where li.entity_id = l.entity_id and li.letter_id = l.id and (
        i.open_minor <> li.open_minor
        or exists (
            select 1 from collections_dispute as d
            where d.entity_id = li.entity_id and d.item_id = li.item_id and d.state = 'open'
            having sum(d.amount_minor) > li.disputed_minor)
        or exists (
            select 1 from collections_plan_item as t
            where t.entity_id = li.entity_id and t.item_id = li.item_id and t.active)))
returning l.id;
