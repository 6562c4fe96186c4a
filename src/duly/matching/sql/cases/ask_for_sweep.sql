-- The next round of a worker sweeps the whole office.
delete from matching_case_sweep where entity_id = %(entity)s;
