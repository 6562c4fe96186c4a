-- The lines of an invoice with what credits and reversals have taken of each, with the sign of the line. A line that
-- takes back a credit is no line to credit: the line it restores is.
select l.line, l.net_minor, l.tax_rate_ids, l.tax_minors,
    -coalesce(r.net_minor, 0) as credited_net_minor,
    coalesce(r.rate_ids, '{}') as credited_rate_ids, coalesce(r.tax_minors, '{}') as credited_tax_minors
from invoicing_line as l
left join lateral (
    select sum(b.net_minor)::bigint as net_minor,
        (select array_agg(s.rate_id order by s.rate_id) from (
            select distinct u.rate_id
            from invoicing_line as x
            cross join unnest(x.tax_rate_ids) as u (rate_id)
            where x.entity_id = l.entity_id and x.reverses_invoice_id = l.invoice_id and x.reverses_line = l.line
        ) as s) as rate_ids,
        (select array_agg(s.minor order by s.rate_id) from (
            select u.rate_id, -sum(u.minor)::bigint as minor
            from invoicing_line as x
            cross join unnest(x.tax_rate_ids, x.tax_minors) as u (rate_id, minor)
            where x.entity_id = l.entity_id and x.reverses_invoice_id = l.invoice_id and x.reverses_line = l.line
            group by u.rate_id
        ) as s) as tax_minors
    from invoicing_line as b
    where b.entity_id = l.entity_id and b.reverses_invoice_id = l.invoice_id and b.reverses_line = l.line
) as r on true
where l.entity_id = %(entity)s and l.invoice_id = %(id)s and l.source_kind <> 'credit_undone'
order by l.line;
