-- Invoices of a day that a customer might complain about.
select id, total_minor
from invoicing_invoice
where entity_id = %(entity)s and kind = 'invoice' and issued_on = %(day)s and total_minor > 5000
order by id;
