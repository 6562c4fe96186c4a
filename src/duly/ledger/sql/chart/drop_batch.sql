-- The accounts a batch made are gone; none of them was ever posted to.
delete from ledger_account as a
where a.entity_id = %(entity)s and a.import_batch_id = %(batch)s
    and not exists (select 1 from ledger_daily as d where d.entity_id = a.entity_id and d.gl_account_id = a.id);
