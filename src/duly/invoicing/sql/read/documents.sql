-- A page of documents, newest first, after the last one seen.
select v.id, v.public_id::text as public_id, v.kind, n.number, n.reference, v.account_id, a.number as account_number,
    a.name as account_name, v.currency, v.issued_on, v.due_on, v.period_from, v.period_to, v.net_minor, v.tax_minor,
    v.total_minor, v.po_number, v.language, v.run_id, v.reason, v.delivery, v.corrects_id,
    (select c.number from receivables_number as c
        where c.entity_id = v.entity_id and c.document_kind in ('invoice', 'credit_note') and c.document_id = v.corrects_id)
        as corrects_number,
    v.voided_by_id,
    (select c.number from receivables_number as c
        where c.entity_id = v.entity_id and c.document_kind = 'credit_note' and c.document_id = v.voided_by_id)
        as voided_by_number,
    i.id as item_id, i.open_minor, i.closed_on,
    (select o.state from events_outbox as o
        where o.entity_id = v.entity_id and o.subject_kind = 'invoice' and o.subject_id = v.id
        order by o.id desc limit 1) as delivery_state,
    v.created_at
from (
    select d.*
    from invoicing_invoice as d
    where d.entity_id = %(entity)s
        and (%(account)s::bigint is null or d.account_id = %(account)s)
        and (%(kind)s::text is null or d.kind = %(kind)s)
        and (%(run)s::bigint is null or (d.run_id = %(run)s and d.issued_on = (
            select r.issued_on from invoicing_run as r where r.entity_id = %(entity)s and r.id = %(run)s)))
        and (%(from_on)s::date is null or d.issued_on >= %(from_on)s)
        and (%(to_on)s::date is null or d.issued_on <= %(to_on)s)
        and (%(before_on)s::date is null or (d.issued_on, d.id) < (%(before_on)s::date, %(before_id)s::bigint))
        and (%(state)s::text is null or case %(state)s
            when 'voided' then d.voided_by_id is not null
            when 'open' then exists (
                select 1 from receivables_item as o
                where o.entity_id = d.entity_id and o.kind = d.kind and o.document_id = d.id and o.open_minor <> 0)
            when 'overdue' then exists (
                select 1 from receivables_item as o
                where o.entity_id = d.entity_id and o.kind = d.kind and o.document_id = d.id and o.open_minor > 0
                    and o.due_on < %(today)s)
            when 'settled' then not exists (
                select 1 from receivables_item as o
                where o.entity_id = d.entity_id and o.kind = d.kind and o.document_id = d.id and o.open_minor <> 0)
            when 'undelivered' then exists (
                select 1 from events_outbox as o
                where o.entity_id = d.entity_id and o.subject_kind = 'invoice' and o.subject_id = d.id
                    and o.state in ('failed', 'bounced'))
            end)
    order by d.issued_on desc, d.id desc
    limit %(limit)s
) as v
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
left join receivables_item as i on i.entity_id = v.entity_id and i.kind = v.kind and i.document_id = v.id
order by v.issued_on desc, v.id desc;
