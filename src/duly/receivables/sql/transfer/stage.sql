-- The given moves are staged, in the order given.
insert into staged_transfer (item_id, to_account_id, amount_minor)
select g.item_id, g.to_account_id, g.amount_minor
from unnest(%(items)s::bigint[], %(accounts)s::bigint[], %(amounts_minor)s::bigint[]) with ordinality
    as g (item_id, to_account_id, amount_minor, place)
order by g.place;
