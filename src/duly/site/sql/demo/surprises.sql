-- The open surprises of a run.
select id from invoicing_surprise where entity_id = %(entity)s and run_id = %(run)s and state = 'open' order by id;
