-- The items of these write-offs, or of this batch, are ours until commit, in id order.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s and i.id in (
    select leg.item_id
    from receivables_write_off as w
    cross join lateral (values (w.item_id), (w.write_off_item_id)) as leg (item_id)
    where w.entity_id = %(entity)s
        and (w.id = any(%(ids)s::bigint[]) or w.batch_id = %(batch)s::bigint))
order by i.id
for update;
