-- The document is ours until commit: credits of one invoice come one after the other.
select v.id, v.kind, v.account_id, v.currency, v.issued_on, v.net_minor, v.tax_minor, v.total_minor, v.po_number,
    v.voided_by_id, v.corrects_id
from invoicing_invoice as v
where v.entity_id = %(entity)s and v.id = %(id)s
for update;
