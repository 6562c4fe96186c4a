-- The items of both ends of these transfers are ours until commit, in id order.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s and i.id in (
    select leg.item_id
    from receivables_transfer as t
    cross join lateral (values (t.item_id), (t.out_item_id), (t.in_item_id)) as leg (item_id)
    where t.entity_id = %(entity)s and t.id = any(%(ids)s))
order by i.id
for update;
