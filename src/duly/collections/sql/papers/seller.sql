-- What the entity says of itself today, with the bank account its customers pay into.
select to_jsonb(e) || jsonb_build_object('bank', (
    select jsonb_build_object('holder', e.legal_name, 'bank_name', b.bank_name, 'iban', b.iban, 'bic', b.bic,
        'account', case when b.iban = '' then b.account_number else '' end)
    from banking_account as b
    where b.entity_id = e.id and b.active and b.currency = %(currency)s
    order by b.id
    limit 1))
from access_entity as e
where e.id = %(entity)s;
