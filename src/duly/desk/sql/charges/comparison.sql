-- The drafts of an account beside what was agreed and what the last invoice said; also what stood on it and has no draft.
with last_invoice as (
    select v.id, v.issued_on
    from invoicing_invoice as v
    where v.entity_id = %(entity)s and v.account_id = %(account)s and v.kind = 'invoice' and v.currency = %(currency)s
        and v.voided_by_id is null
    order by v.issued_on desc, v.id desc
    limit 1
),
before as (
    select min(l.line) as line, coalesce(l.source_id, 0) as source_id, coalesce(l.item_id, 0) as item_id,
        case when coalesce(l.source_id, l.item_id) is null then l.description else '' end as words,
        max(l.description) as description, sum(l.quantity) as quantity, max(l.unit) as unit,
        max(l.unit_price) as unit_price, sum(l.net_minor)::bigint as net_minor
    from last_invoice as v
    join invoicing_line as l on l.entity_id = %(entity)s and l.invoice_id = v.id and l.reverses_invoice_id is null
    group by 2, 3, 4
),
drafts as (
    -- Two indexes: one of what may be billed, one of what people changed or took out.
    select * from invoicing_charge
    where entity_id = %(entity)s and account_id = %(account)s and dismissed_by is null
    union all
    select * from invoicing_charge
    where entity_id = %(entity)s and account_id = %(account)s and (edited_by is not null or dismissed_by is not null)
        and dismissed_by is not null
),
now as (
    select c.*, coalesce(c.source_id, 0) as source_key, coalesce(c.item_id, 0) as item_key,
        case when coalesce(c.source_id, c.item_id) is null then c.description else '' end as words
    from drafts as c
    where c.currency = %(currency)s and c.bill_on <= %(through_on)s
)
select n.id as charge_id, coalesce(n.description, b.description) as description, n.source_kind, n.period_from,
    n.period_to, n.bill_on, n.quantity, coalesce(n.unit, b.unit, '') as unit, n.unit_price, n.net_minor,
    case when n.source_kind in ('agreement', 'usage') then coalesce(n.agreed_net_minor, n.net_minor) end as agreed_minor,
    coalesce(n.pricing ->> 'price', n.pricing ->> 'list_unit_price')::numeric as agreed_price,
    b.quantity as last_quantity, b.unit_price as last_price, b.net_minor as last_minor,
    coalesce(n.edited_by, '') as edited_by, coalesce(n.dismissed_by, '') as dismissed_by, coalesce(n.note, '') as note
from now as n
full join before as b on b.source_id = n.source_key and b.item_id = n.item_key and b.words = n.words
order by n.id nulls last, b.line;
