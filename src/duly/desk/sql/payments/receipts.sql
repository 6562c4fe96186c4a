-- Receipts newest first, narrowed, continued after the last one shown: the page is found first, then told whole.
with page as materialized (
    select r.*
    from payments_receipt as r
    where r.entity_id = %(entity)s
        and (%(account)s::bigint is null or r.account_id = %(account)s)
        and (%(method)s::text is null or r.method = %(method)s)
        and (%(kind)s::text is null or r.kind = %(kind)s)
        and (%(from_on)s::date is null or r.received_on >= %(from_on)s)
        and (%(to_on)s::date is null or r.received_on <= %(to_on)s)
        and (%(day)s::date is null or (r.received_on, r.id) < (%(day)s::date, %(last_id)s::bigint))
        and (select true from receivables_item as i
            where i.entity_id = r.entity_id and i.kind = 'payment' and i.document_id = r.id)
    order by r.received_on desc, r.id desc
    limit %(limit)s
)
select r.id, r.account_id, a.name as account_name, a.number as account_number, r.kind, n.number, r.currency,
    r.amount_minor, -i.open_minor as unapplied_minor, r.received_on, r.method, r.source_key, r.gl_account_id,
    r.payer_name, r.reference, r.note, r.state, r.reverses_id, r.deposit_key, i.id as item_id, r.by_name, r.created_at
from page as r
join receivables_account as a on a.entity_id = r.entity_id and a.id = r.account_id
join lateral (
    select i.id, i.open_minor
    from receivables_item as i
    where i.entity_id = r.entity_id and i.kind = 'payment' and i.document_id = r.id
    limit 1
) as i on true
left join lateral (
    select n.number
    from receivables_number as n
    where n.entity_id = r.entity_id and n.document_kind = 'receipt' and n.document_id = r.id
    limit 1
) as n on true
order by r.received_on desc, r.id desc;
