-- The accounts these surprises are about.
select distinct account_id from invoicing_surprise where entity_id = %(entity)s and id = any(%(ids)s);
