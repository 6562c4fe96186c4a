-- The money that is to go back.
insert into payments_refund_item (entity_id, refund_id, item_id, amount_minor)
select %(entity)s, %(refund)s, g.item_id, g.amount_minor
from unnest(%(items)s::bigint[], %(amounts_minor)s::bigint[]) as g (item_id, amount_minor);
