-- A new version of a kind's policy is in force, unless somebody wrote that version meanwhile.
insert into office_policy (entity_id, kind, version, within_days, minutes, pend_days, most_pend_days,
    escalate_after_days, sample_percent, procedure, made_at, made_by, made_by_name)
values (%(entity)s, %(kind)s, %(version)s, %(within_days)s, %(minutes)s, %(pend_days)s, %(most_pend_days)s,
    %(escalate_after_days)s, %(sample_percent)s, %(procedure)s, %(at)s, %(by_id)s, %(by_name)s)
on conflict do nothing;
