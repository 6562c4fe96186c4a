-- Issued runs whose certificate is not what their chunks, items and documents say today.
with expected as (
    select c.run_id, n.key as currency, sum(n.value::bigint) as minor
    from invoicing_run_chunk as c
    cross join jsonb_each_text(c.expected_net) as n
    where c.entity_id = %(entity)s
    group by c.run_id, n.key
),
billed as (
    select run_id, currency, count(distinct account_id) as accounts, count(*) as documents, sum(net_minor) as minor
    from invoicing_invoice
    where entity_id = %(entity)s and run_id is not null
    group by run_id, currency
),
items as (
    select run_id, currency, count(*) as accounts, count(*) filter (where state = 'billed') as billed,
        count(*) filter (where state = 'planned') as undone,
        coalesce(sum(expected_minor) filter (where state in ('held', 'elsewhere')), 0) as other_minor
    from invoicing_run_item
    where entity_id = %(entity)s
    group by run_id, currency
),
found as (
    select r.id as run_id, i.currency, i.accounts, i.billed, i.undone, coalesce(e.minor, 0) as expected_minor,
        coalesce(b.minor, 0) + i.other_minor as explained_minor, coalesce(b.accounts, 0) as billed_accounts,
        coalesce((r.certificate -> 'expected_net' ->> i.currency::text)::bigint, 0) as certified_minor,
        coalesce((r.certificate -> 'billed_net' ->> i.currency::text)::bigint, 0) as certified_billed_minor,
        coalesce(b.minor, 0) as billed_minor
    from invoicing_run as r
    join items as i on i.run_id = r.id
    left join expected as e on e.run_id = r.id and e.currency = i.currency
    left join billed as b on b.run_id = r.id and b.currency = i.currency
    where r.entity_id = %(entity)s and r.state = 'issued'
)
select 'run ' || run_id || ' ' || currency as subject,
    'expected ' || expected_minor || ' (certified ' || certified_minor || '), explained ' || explained_minor
        || '; billed ' || billed_minor || ' (certified ' || certified_billed_minor || ') to ' || billed_accounts
        || ' accounts, items say ' || billed || ', undone ' || undone as detail
from found
where undone > 0 or expected_minor <> explained_minor or billed_accounts <> billed
    or certified_minor <> expected_minor or certified_billed_minor <> billed_minor
union all
select 'run ' || r.id, 'is issued without a certificate'
from invoicing_run as r
where r.entity_id = %(entity)s and r.state = 'issued' and r.certificate is null
limit 20;
