-- All versions of a kind's policy, newest first.
select kind, version, within_days, minutes, pend_days, most_pend_days, escalate_after_days, sample_percent, procedure,
    made_at, made_by_name
from office_policy
where entity_id = %(entity)s and kind = %(kind)s
order by version desc;
