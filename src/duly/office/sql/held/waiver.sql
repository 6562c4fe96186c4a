-- Weeks of small-office mode that are over wait until somebody else has looked through them.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, deadline_hint, maker_id)
select 'waiver', 'waiver-' || r.waiver_id, r.week_on - date '2000-01-03', 'Week of ' || r.week_on, u.name, null,
    u.name || ' held duties that two people should share', null, null, r.week_on + 7, r.due_on, r.user_id
from access_review_due as r
join access_user as u on u.id = r.user_id
where r.entity_id = %(entity)s and r.week_on + 7 <= %(today)s::date and %(accounts)s::bigint[] is null
    and %(ids)s::bigint[] is null;
