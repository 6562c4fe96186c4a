-- Documents whose net, tax and total are not what their lines and taxes add up to.
with lines as (
    select l.invoice_id, sum(l.net_minor) as net_minor,
        sum((select coalesce(sum(t), 0) from unnest(l.tax_minors) as t)) as tax_minor
    from invoicing_line as l
    where l.entity_id = %(entity)s
    group by l.invoice_id
),
taxes as (
    select invoice_id, sum(tax_minor) as tax_minor
    from invoicing_tax
    where entity_id = %(entity)s
    group by invoice_id
)
select v.kind || ' ' || v.id as subject,
    'net ' || v.net_minor || ' and tax ' || v.tax_minor || ', lines say ' || coalesce(l.net_minor, 0) || ' and '
        || coalesce(l.tax_minor, 0) || ', taxes say ' || coalesce(t.tax_minor, 0) as detail
from invoicing_invoice as v
left join lines as l on l.invoice_id = v.id
left join taxes as t on t.invoice_id = v.id
where v.entity_id = %(entity)s
    and (v.net_minor <> coalesce(l.net_minor, 0) or v.tax_minor <> coalesce(l.tax_minor, 0)
        or v.tax_minor <> coalesce(t.tax_minor, 0))
limit 20;
