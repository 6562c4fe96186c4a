-- Day totals that are not the sum of their postings.
with proved as materialized (
    select gl_account_id, currency, effective_on as on_day, sum(greatest(amount_minor, 0)) as debit_minor,
        -sum(least(amount_minor, 0)) as credit_minor, count(*) as postings
    from ledger_posting where entity_id = %(entity)s
    group by gl_account_id, currency, effective_on
),
kept as (
    select gl_account_id, currency, on_day, sum(debit_minor) as debit_minor, sum(credit_minor) as credit_minor,
        sum(postings) as postings
    from ledger_daily where entity_id = %(entity)s
    group by gl_account_id, currency, on_day
)
select coalesce(a.code, 'unknown account') as code, coalesce(p.on_day, k.on_day) as on_day,
    coalesce(p.currency, k.currency) as currency,
    (coalesce(p.debit_minor - p.credit_minor, 0) - coalesce(k.debit_minor - k.credit_minor, 0))::bigint as off_by_minor
from proved as p
full join kept as k on k.gl_account_id = p.gl_account_id and k.currency = p.currency and k.on_day = p.on_day
left join ledger_account as a on a.entity_id = %(entity)s and a.id = coalesce(p.gl_account_id, k.gl_account_id)
where a.id is null or (p.debit_minor, p.credit_minor, p.postings) is distinct from (k.debit_minor, k.credit_minor, k.postings)
limit 100;
