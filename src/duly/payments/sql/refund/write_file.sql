-- The file is kept as it is handed over.
insert into payments_refund_file (entity_id, id, format, message_id, bank_account_id, currency, execute_on, refunds,
    total_minor, sha256, content, made_by, made_by_name, made_at)
values (%(entity)s, %(id)s, %(format)s, %(message_id)s, %(bank_account)s, %(currency)s, %(execute_on)s, %(refunds)s,
    %(total_minor)s, %(sha256)s, %(content)s, %(by_id)s, %(by)s, %(at)s);
