-- Lines of which more was taken back than was billed, in net or in any tax.
with taken as (
    select l.reverses_invoice_id as invoice_id, l.reverses_line as line, null::bigint as rate_id,
        sum(l.net_minor) as minor
    from invoicing_line as l
    where l.entity_id = %(entity)s and l.reverses_invoice_id is not null
    group by l.reverses_invoice_id, l.reverses_line
    union all
    select l.reverses_invoice_id, l.reverses_line, s.rate_id, sum(s.tax_minor)
    from invoicing_line as l
    cross join unnest(l.tax_rate_ids, l.tax_minors) as s (rate_id, tax_minor)
    where l.entity_id = %(entity)s and l.reverses_invoice_id is not null
    group by l.reverses_invoice_id, l.reverses_line, s.rate_id
)
select 'document ' || t.invoice_id || ', line ' || t.line as subject,
    'billed ' || coalesce(b.minor::text, 'nothing') || coalesce(' of tax rate ' || t.rate_id, '') || ', taken back '
        || -t.minor as detail
from taken as t
left join lateral (
    select case when t.rate_id is null then l.net_minor
        else l.tax_minors[array_position(l.tax_rate_ids, t.rate_id)] end as minor
    from invoicing_line as l
    where l.entity_id = %(entity)s and l.invoice_id = t.invoice_id and l.line = t.line
) as b on true
where t.minor <> 0 and (b.minor is null or sign(b.minor) = sign(t.minor) or abs(t.minor) > abs(b.minor))
limit 20;
