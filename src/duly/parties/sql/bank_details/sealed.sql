-- A bank account as it is kept, sealed; for a payment file, never for a page.
select account_encrypted from parties_bank_detail where entity_id = %(entity)s and id = %(id)s;
