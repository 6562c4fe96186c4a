-- The open cases looked at are ours until commit, in id order.
select count(*) from (
    select id from matching_case
    where entity_id = %(entity)s and state = 'open'
        and (%(accounts)s::bigint[] is null or account_id = any(%(accounts)s))
    order by id
    for update
) as held;
