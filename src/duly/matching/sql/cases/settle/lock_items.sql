-- The items an act will settle are ours until commit, in id order.
select count(*) from (
    select id from receivables_item where entity_id = %(entity)s and id = any(%(ids)s) order by id for update
) as held;
