-- Debits, credits and balance of every ledger account up to a day (from a day, for a movement), from day totals.
select a.id as gl_account_id, a.code, a.name, a.kind, d.currency, d.debit_minor, d.credit_minor,
    d.debit_minor - d.credit_minor as balance_minor, d.postings
from (
    select gl_account_id, currency, sum(debit_minor)::bigint as debit_minor, sum(credit_minor)::bigint as credit_minor,
        sum(postings)::bigint as postings
    from ledger_daily
    where entity_id = %(entity)s
        and on_day <= %(as_of)s
        and (%(from_on)s::date is null or on_day >= %(from_on)s)
        and (%(gl_account)s::int is null or gl_account_id = %(gl_account)s)
    group by gl_account_id, currency
) as d
join ledger_account as a on a.entity_id = %(entity)s and a.id = d.gl_account_id
order by d.currency, a.code;
