-- The payer's account of one line, still encrypted.
select payer_account_encrypted from banking_line where entity_id = %(entity)s and id = %(id)s;
