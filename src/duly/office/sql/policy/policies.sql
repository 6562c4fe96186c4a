-- The policies in force: of each kind the highest version.
select distinct on (kind) kind, version, within_days, minutes, pend_days, most_pend_days, escalate_after_days,
    sample_percent, procedure, made_at, made_by_name
from office_policy
where entity_id = %(entity)s
order by kind, version desc;
