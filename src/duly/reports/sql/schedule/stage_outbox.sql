-- The mails of today wait in the outbox.
insert into staged_outbox (entity_id, kind, topic, subject_kind, subject_id, payload, dedup_key, not_before)
select g.entity_id, 'mail', 'report.mail', 'report_sending', g.id, '{}', 'report:' || g.id, %(at)s
from reports_sending as g
where g.entity_id = %(entity)s and g.schedule_id = any(%(ids)s) and g.as_of = %(today)s and g.sent_at is null
order by g.id;
