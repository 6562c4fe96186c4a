-- Each given account is one of ours; one with a known IBAN and currency carries the new particulars.
with given as (
    select g.*, l.id as gl_account_id
    from unnest(%(names)s::text[], %(currencys)s::text[], %(gl_codes)s::text[], %(ibans)s::text[],
        %(account_numbers)s::text[], %(bics)s::text[], %(bank_names)s::text[], %(reference_schemes)s::text[],
        %(routings)s::text[], %(ach_company_ids)s::text[])
        with ordinality as g (name, currency, gl_code, iban, account_number, bic, bank_name, reference_scheme, routing,
            ach_company_id, place)
    join ledger_account as l on l.entity_id = %(entity)s and l.code = g.gl_code
),
written as (
    insert into banking_account (entity_id, name, iban, account_number, bic, bank_name, currency, gl_account_id,
        reference_scheme, routing, ach_company_id, import_batch_id)
    select %(entity)s, name, iban, account_number, bic, bank_name, currency, gl_account_id, reference_scheme, routing,
        ach_company_id, %(import_batch)s
    from given order by place
    on conflict (entity_id, gl_account_id, currency) do update set
        name = excluded.name, iban = excluded.iban, account_number = excluded.account_number, bic = excluded.bic,
        bank_name = excluded.bank_name, reference_scheme = excluded.reference_scheme,
        routing = excluded.routing, ach_company_id = excluded.ach_company_id
    returning id, gl_account_id, currency
)
select w.id
from given as g
join written as w on w.gl_account_id = g.gl_account_id and w.currency = g.currency
order by g.place;
