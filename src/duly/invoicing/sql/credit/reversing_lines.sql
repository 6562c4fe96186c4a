-- Whether any line of the document itself takes back another.
select exists (
    select 1 from invoicing_line
    where entity_id = %(entity)s and invoice_id = %(id)s and reverses_invoice_id is not null);
