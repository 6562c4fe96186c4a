-- The invoice a credit note was written for.
select corrects_id from invoicing_invoice where entity_id = %(entity)s and id = %(id)s and kind = 'credit_note';
