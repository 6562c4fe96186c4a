-- The document is to be sent once more; each sending has its own key.
insert into staged_outbox (entity_id, kind, topic, subject_kind, subject_id, account_id, payload, dedup_key, not_before)
select v.entity_id, %(kind)s, 'invoice.send', 'invoice', v.id, v.account_id, %(payload)s::jsonb,
    'invoice:' || v.id || ':' || 1 + (
        select count(*) from events_outbox as o
        where o.entity_id = v.entity_id and o.subject_kind = 'invoice' and o.subject_id = v.id),
    %(not_before)s
from invoicing_invoice as v
where v.entity_id = %(entity)s and v.id = %(id)s;
