-- The items may be used by any run again.
update receivables_on_account
set released_at = %(at)s, released_by = %(by)s
where entity_id = %(entity)s and item_id = any(%(ids)s) and released_at is null
returning account_id;
