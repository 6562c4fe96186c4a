-- Each credited line takes back its part of each tax.
insert into issuing_share (document_id, charge_id, rate_id, tax_code_id, net_minor, tax_minor)
select d.id, c.id, t.rate_id, c.tax_code_id, c.net_minor, t.tax_minor
from jsonb_to_recordset(%(taxes)s::jsonb) as t (line int, rate_id bigint, tax_minor bigint)
join issuing_charge as c on c.reverses_line = t.line
cross join issuing_document as d;
