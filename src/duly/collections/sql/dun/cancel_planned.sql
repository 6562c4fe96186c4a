-- What an earlier plan proposed is no longer proposed: the books have gone on.
update collections_run set state = 'cancelled'
where entity_id = %(entity)s and id <> %(run)s and state in ('planning', 'planned')
    and account_ids is not distinct from %(accounts)s::bigint[];
