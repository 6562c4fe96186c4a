-- The items of the batch are with the agency.
insert into collections_handover_item (entity_id, handover_id, item_id, amount_minor)
select h.entity_id, h.id, i.id, i.open_minor
from collections_handover as h
join receivables_item as i on i.entity_id = h.entity_id and i.account_id = h.account_id and i.currency = h.currency
    and i.open_minor > 0 and i.due_on < %(on)s
where h.entity_id = %(entity)s and h.batch_id = %(batch)s
    and not exists (
        select 1 from collections_dispute as d
        where d.entity_id = i.entity_id and d.item_id = i.id and d.state = 'open')
    and not exists (
        select 1 from collections_plan_item as t
        where t.entity_id = i.entity_id and t.item_id = i.id and t.active)
    and not exists (
        select 1 from collections_handover_item as t
        where t.entity_id = i.entity_id and t.item_id = i.id and t.active);
