-- The documents of a run, in the order of their ids.
select id from invoicing_invoice where entity_id = %(entity)s and run_id = %(run)s order by id limit 2000;
