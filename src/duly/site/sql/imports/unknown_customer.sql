-- Rows that name no known customer say so.
update staged_import as s
set problem = 'customer ' || s.customer || ' is not known', remedy = 'import the customer first'
where s.problem is null
    and not exists (select 1 from receivables_account as a where a.entity_id = %(entity)s and a.external_id = s.customer)
    and not exists (select 1 from receivables_account as a where a.entity_id = %(entity)s and a.number = s.customer);
