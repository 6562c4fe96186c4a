-- The last day through which reminders of all accounts have been released.
select max(through_on) from collections_run
where entity_id = %(entity)s and state in ('releasing', 'released') and account_ids is null;
