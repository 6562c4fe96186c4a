-- Documents that did not arrive and were not sent again since: work for a person.
select o.id, o.subject_id as invoice_id, n.number, v.account_id, a.name as account_name, a.owner_id, v.total_minor,
    v.currency, o.state, o.reply, o.attempts, coalesce(o.sent_at, o.not_before) as at
from events_outbox as o
join invoicing_invoice as v on v.entity_id = o.entity_id and v.id = o.subject_id
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
where o.entity_id = %(entity)s and o.subject_kind = 'invoice' and o.state in ('failed', 'bounced')
    and (%(after)s::bigint is null or o.id > %(after)s)
    and not exists (
        select 1 from events_outbox as later
        where later.entity_id = o.entity_id and later.subject_kind = 'invoice' and later.subject_id = o.subject_id
            and later.id > o.id and later.state in ('queued', 'sent'))
order by o.id
limit %(limit)s;
