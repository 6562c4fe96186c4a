-- The given write-offs are staged, in the order given.
insert into staged_write_off (item_id, amount_minor)
select g.item_id, g.amount_minor
from unnest(%(items)s::bigint[], %(amounts_minor)s::bigint[]) with ordinality as g (item_id, amount_minor, place)
order by g.place;
