-- A reversal takes back the tax its line bore, in proportion and cumulatively, so that the last one ends at zero.
insert into issuing_share (document_id, charge_id, rate_id, tax_code_id, net_minor, tax_minor)
select t.document_id, t.charge_id, bore.rate_id, t.tax_code_id, t.net_minor,
    round(bore.tax_minor::numeric * (t.taken_minor + t.net_minor) / t.line_minor)
        - round(bore.tax_minor::numeric * t.taken_minor / t.line_minor)
from (
    select d.id as document_id, c.id as charge_id, l.tax_code_id, c.net_minor, l.net_minor as line_minor,
        l.tax_rate_ids, l.tax_minors,
        coalesce((
            select sum(b.net_minor) from invoicing_line as b
            where b.entity_id = %(entity)s and b.reverses_invoice_id = c.reverses_invoice_id
                and b.reverses_line = c.reverses_line), 0)
        + sum(c.net_minor) over (
            partition by c.reverses_invoice_id, c.reverses_line order by c.id) - c.net_minor as taken_minor
    from issuing_charge as c
    join issuing_document as d
        on d.account_id = c.account_id and d.currency = c.currency and d.po_number = c.po_number
    cross join lateral (
        select o.net_minor, o.tax_code_id, o.tax_rate_ids, o.tax_minors
        from invoicing_line as o
        where o.entity_id = %(entity)s and o.invoice_id = c.reverses_invoice_id and o.line = c.reverses_line
        offset 0
    ) as l
    where c.reverses_invoice_id is not null and c.net_minor <> 0
) as t
cross join unnest(t.tax_rate_ids, t.tax_minors) as bore (rate_id, tax_minor);
