-- The accounts a batch opened are gone; their numbers stay taken.
delete from receivables_account as a
where a.entity_id = %(entity)s and a.import_batch_id = %(batch)s
    and not exists (select 1 from receivables_item as i where i.entity_id = a.entity_id and i.account_id = a.id);
