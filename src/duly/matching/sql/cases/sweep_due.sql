-- Whether the whole office was not swept since a moment.
select not exists (
    select 1 from matching_case_sweep where entity_id = %(entity)s and swept_at > %(since)s);
