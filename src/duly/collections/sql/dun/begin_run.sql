-- A run is being planned.
insert into collections_run (entity_id, through_on, account_ids, made_by, made_by_name, made_at)
values (%(entity)s, %(through_on)s, %(accounts)s::bigint[], %(by)s, %(by_name)s, %(at)s)
returning id;
