-- The run exists, not yet planned.
insert into invoicing_run (entity_id, through_on, issued_on, planned_on, account_ids, note, made_by, made_by_name,
    created_at)
values (%(entity)s, %(through_on)s, %(issued_on)s, %(planned_on)s, %(account_ids)s, %(note)s, %(made_by)s,
    %(made_by_name)s, %(at)s)
returning id;
