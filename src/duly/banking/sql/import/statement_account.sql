-- Which account a statement is of.
select bank_account_id from banking_statement where entity_id = %(entity)s and id = %(id)s;
