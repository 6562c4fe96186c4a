-- Taxes of documents that are not what the shares of their lines add up to, rate by rate.
with shares as (
    select l.invoice_id, s.rate_id, sum(l.net_minor) as net_minor, sum(s.tax_minor) as tax_minor
    from invoicing_line as l
    cross join unnest(l.tax_rate_ids, l.tax_minors) as s (rate_id, tax_minor)
    where l.entity_id = %(entity)s
    group by l.invoice_id, s.rate_id
)
select 'document ' || coalesce(t.invoice_id, s.invoice_id) || ', rate ' || coalesce(t.rate_id, s.rate_id) as subject,
    'tax ' || coalesce(t.tax_minor::text, 'none') || ' on ' || coalesce(t.taxable_minor::text, 'none')
        || ', lines say ' || coalesce(s.tax_minor::text, 'none') || ' on ' || coalesce(s.net_minor::text, 'none')
        as detail
from (select * from invoicing_tax where entity_id = %(entity)s) as t
full join shares as s on s.invoice_id = t.invoice_id and s.rate_id = t.rate_id
where t.tax_minor is distinct from s.tax_minor or t.taxable_minor is distinct from s.net_minor
limit 20;
