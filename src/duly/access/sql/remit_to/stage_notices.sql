-- Every owner is told.
insert into staged_outbox (entity_id, kind, topic, subject_kind, subject_id, payload, dedup_key, not_before)
select %(entity)s, 'mail', 'notice.remit_to', 'entity', %(entity)s,
    jsonb_build_object('to', u.email, 'subject', %(subject)s::text, 'text', %(text)s::text),
    'remit-to:' || md5(%(text)s || %(at)s::text) || ':' || u.id, %(at)s
from access_membership as m
join access_user as u on u.id = m.user_id and u.is_active
where m.entity_id = %(entity)s and m.role = 'owner';
