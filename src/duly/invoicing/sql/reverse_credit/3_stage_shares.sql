-- Each line bears the very taxes the credit note took, cent by cent.
insert into issuing_share (document_id, charge_id, rate_id, tax_code_id, net_minor, tax_minor)
select d.id, c.id, t.rate_id, c.tax_code_id, c.net_minor, -t.tax_minor
from issuing_document as d
cross join issuing_charge as c
join invoicing_line as l
    on l.entity_id = %(entity)s and l.invoice_id = %(id)s and l.reverses_invoice_id = c.reverses_invoice_id
    and l.reverses_line = c.reverses_line
cross join unnest(l.tax_rate_ids, l.tax_minors) as t (rate_id, tax_minor);
