-- Our bank accounts with the ledger account that mirrors each.
select b.id, b.name, b.iban, b.account_number, b.bic, b.bank_name, b.currency, b.gl_account_id, l.code as gl_code,
    b.reference_scheme, b.csv_mapping, b.active, b.routing, b.ach_company_id
from banking_account as b
join ledger_account as l on l.entity_id = b.entity_id and l.id = b.gl_account_id
where b.entity_id = %(entity)s and (%(id)s::int is null or b.id = %(id)s)
order by b.name, b.id;
