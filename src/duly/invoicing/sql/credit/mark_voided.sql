-- The invoice names the credit note that took it back whole.
update invoicing_invoice
set voided_by_id = %(credit)s
where entity_id = %(entity)s and id = %(id)s and voided_by_id is null;
