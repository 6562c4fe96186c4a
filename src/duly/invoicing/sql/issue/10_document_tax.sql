-- Each document knows its tax.
update issuing_document as d
set tax_minor = s.tax_minor
from (
    select document_id, sum(tax_minor) as tax_minor from issuing_share group by document_id
) as s
where s.document_id = d.id and s.tax_minor <> 0;
