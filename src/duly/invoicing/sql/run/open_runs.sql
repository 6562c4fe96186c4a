-- Runs with work left for workers, oldest first.
select id from invoicing_run
where entity_id = %(entity)s and state in ('planning', 'approved', 'issuing')
order by id;
