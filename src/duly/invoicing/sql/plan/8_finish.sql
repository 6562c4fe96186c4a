-- The run is planned once no chunk waits; two workers who finish together both try, one succeeds.
update invoicing_run as r
set state = 'planned', planned_at = %(at)s
where r.entity_id = %(entity)s and r.id = %(run)s and r.state = 'planning'
    and not exists (
        select 1 from invoicing_run_chunk as c
        where c.entity_id = r.entity_id and c.run_id = r.id and c.state = 'waiting');
