-- Why a given bank account cannot stand: its ledger account is unknown, a control account, or another bank account's.
select g.name, case
        when l.id is null then 'ledger_account_unknown'
        when l.control is not null then 'control_account'
        when same_gl.id is not null and same_gl.iban not in ('', g.iban) then 'ledger_account_taken'
        when same_iban.id is not null and same_iban.gl_account_id <> l.id then 'iban_known_elsewhere'
    end as problem
from unnest(%(names)s::text[], %(currencys)s::text[], %(gl_codes)s::text[], %(ibans)s::text[])
    as g (name, currency, gl_code, iban)
left join ledger_account as l on l.entity_id = %(entity)s and l.code = g.gl_code
left join banking_account as same_gl
    on same_gl.entity_id = %(entity)s and same_gl.gl_account_id = l.id and same_gl.currency = g.currency
left join banking_account as same_iban
    on same_iban.entity_id = %(entity)s and same_iban.iban = g.iban and g.iban <> '' and same_iban.currency = g.currency
where l.id is null or l.control is not null
    or (same_gl.id is not null and same_gl.iban not in ('', g.iban))
    or (same_iban.id is not null and same_iban.gl_account_id <> l.id)
limit 1;
