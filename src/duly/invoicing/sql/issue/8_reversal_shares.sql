-- A reversal takes back the tax its line bore, in proportion and cumulatively, so that the last one ends at zero.
-- What was taken back before counts as it was: the running total never falls behind it.
insert into issuing_share (document_id, charge_id, rate_id, tax_code_id, net_minor, tax_minor)
select t.document_id, t.charge_id, bore.rate_id, t.tax_code_id, t.net_minor,
    -sign(bore.tax_minor) * (
        greatest(abs(before.tax_minor), round(abs(bore.tax_minor)::numeric * t.taken_minor / t.line_minor))
        - case when t.first_taken then abs(before.tax_minor) else greatest(abs(before.tax_minor),
            round(abs(bore.tax_minor)::numeric * (t.taken_minor + t.net_minor) / t.line_minor)) end)
from (
    select d.id as document_id, c.id as charge_id, l.tax_code_id, c.net_minor, l.net_minor as line_minor,
        l.tax_rate_ids, l.tax_minors, c.reverses_invoice_id, c.reverses_line,
        -coalesce((
            select sum(b.net_minor) from invoicing_line as b
            where b.entity_id = %(entity)s and b.reverses_invoice_id = c.reverses_invoice_id
                and b.reverses_line = c.reverses_line), 0)
        - sum(c.net_minor) over of_line as taken_minor,
        row_number() over of_line = 1 as first_taken
    from issuing_charge as c
    join issuing_document as d
        on d.account_id = c.account_id and d.currency = c.currency and d.po_number = c.po_number
    cross join lateral (
        select o.net_minor, o.tax_code_id, o.tax_rate_ids, o.tax_minors
        from invoicing_line as o
        where o.entity_id = %(entity)s and o.invoice_id = c.reverses_invoice_id and o.line = c.reverses_line
        limit 32767
    ) as l
    where c.reverses_invoice_id is not null and c.net_minor <> 0
    window of_line as (partition by c.reverses_invoice_id, c.reverses_line order by c.id)
) as t
cross join unnest(t.tax_rate_ids, t.tax_minors) as bore (rate_id, tax_minor)
cross join lateral (
    select coalesce(sum(u.tax_minor), 0) as tax_minor
    from invoicing_line as b
    cross join unnest(b.tax_rate_ids, b.tax_minors) as u (rate_id, tax_minor)
    where b.entity_id = %(entity)s and b.reverses_invoice_id = t.reverses_invoice_id
        and b.reverses_line = t.reverses_line and u.rate_id = bore.rate_id
    limit 32767
) as before;
