-- Documents that did not arrive and were not sent again since are held.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, owner_hint)
select distinct on (v.id) 'mail', 'invoice', v.id, n.number, a.name, v.account_id,
    coalesce(nullif(o.reply, ''), 'It did not arrive'), v.total_minor, v.currency,
    (coalesce(o.sent_at, o.not_before) at time zone e.zone)::date, a.owner_id
from events_outbox as o
join access_entity as e on e.id = o.entity_id
join invoicing_invoice as v on v.entity_id = o.entity_id and v.id = o.subject_id
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
where o.entity_id = %(entity)s and o.subject_kind = 'invoice' and o.state in ('failed', 'bounced')
    and not exists (
        select 1 from events_outbox as later
        where later.entity_id = o.entity_id and later.subject_kind = 'invoice' and later.subject_id = o.subject_id
            and later.id > o.id and later.state in ('queued', 'sent'))
    and (%(accounts)s::bigint[] is null or v.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or v.id = any(%(ids)s::bigint[]))
order by v.id, o.id desc;
