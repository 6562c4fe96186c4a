-- The last row of the subject that was sent did not arrive.
update events_outbox as o
set state = 'bounced', reply = %(reply)s
where o.entity_id = %(entity)s and o.state = 'sent' and o.id = (
    select max(s.id) from events_outbox as s
    where s.entity_id = %(entity)s and s.subject_kind = %(kind)s and s.subject_id = %(id)s and s.kind = 'mail'
        and s.state = 'sent')
returning o.id, o.account_id;
