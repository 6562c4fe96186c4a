-- The accounts of these drafts.
select id, account_id from invoicing_charge where entity_id = %(entity)s and id = any(%(ids)s);
