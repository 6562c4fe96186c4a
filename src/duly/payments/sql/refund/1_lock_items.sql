-- The money is ours until commit, in id order.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s
    and (i.id = any(%(items)s::bigint[])
        or (%(items)s::bigint[] is null and i.account_id = %(account)s and i.open_minor < 0))
order by i.id
for update;
