-- What was planned and not left out is billed.
update invoicing_run_item as i
set state = 'billed'
where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
    and i.state = 'planned';
