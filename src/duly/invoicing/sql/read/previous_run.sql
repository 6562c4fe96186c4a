-- The run of all accounts that was issued last before this one.
select id from invoicing_run
where entity_id = %(entity)s and id < %(run)s and state = 'issued' and account_ids is null
order by id desc
limit 1;
