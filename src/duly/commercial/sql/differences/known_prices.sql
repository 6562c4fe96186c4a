-- What was billed above the agreed price on the invoices of these cases, line by line, with its tax.
select c.id as case_id, 'price' as kind, x.minor as amount_minor,
    'line ' || l.line || ': ' || trim_scale(l.quantity) || ' x (' || trim_scale(l.unit_price) || ' - '
        || trim_scale(t.unit_price) || ')' || case when l.net_minor <> x.tax_of then ' with tax' else '' end as text,
    l.line::int as line, null::date as "on", '{"resolution": "credit"}'::jsonb as arguments
from matching_case as c
join receivables_item as i on i.entity_id = c.entity_id and i.id = c.item_id and i.kind = 'invoice'
join invoicing_line as l
    on l.entity_id = i.entity_id and l.invoice_id = i.document_id and l.source_kind = 'agreement' and l.net_minor <> 0
join commercial_term as t
    on t.entity_id = l.entity_id and t.id = l.source_id and t.model in ('flat', 'per_unit') and t.unit_price is not null
join commercial_agreement as g on g.entity_id = t.entity_id and g.id = t.agreement_id
cross join lateral (
    select round((l.unit_price - t.unit_price) * l.quantity * g.scale)::bigint as net,
        (select coalesce(sum(m.minor), 0) from unnest(l.tax_minors) as m (minor)) as tax
) as o
cross join lateral (
    select o.net + round(o.net * o.tax / l.net_minor)::bigint as minor, l.net_minor + o.tax as tax_of
) as x
where c.entity_id = %(entity)s and c.id = any(%(cases)s) and c.kind in ('short_payment', 'deduction')
    and l.unit_price > t.unit_price and x.minor > 0
order by c.id, l.line;
