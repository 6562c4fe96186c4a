-- What the run expected, from its chunks; what was billed, from the documents; what was not, from the items.
with chunks as (
    select count(*) filter (where state <> 'issued') as chunks_left,
        coalesce(sum(expected_accounts), 0)::bigint as expected_accounts
    from invoicing_run_chunk where entity_id = %(entity)s and run_id = %(run)s
),
expected as (
    select coalesce(jsonb_object_agg(currency, minor), '{}') as net
    from (
        select key as currency, sum(value::bigint) as minor
        from invoicing_run_chunk as c
        cross join jsonb_each_text(c.expected_net)
        where c.entity_id = %(entity)s and c.run_id = %(run)s
        group by key
    ) as s
),
billed as (
    select coalesce(sum(accounts), 0)::bigint as accounts, coalesce(sum(documents), 0)::bigint as documents,
        coalesce(jsonb_object_agg(currency, minor), '{}') as net
    from (
        select v.currency, count(distinct v.account_id) as accounts, count(*) as documents, sum(v.net_minor) as minor
        from invoicing_run as r
        join invoicing_invoice as v
            on v.entity_id = r.entity_id and v.issued_on = r.issued_on and v.run_id = r.id
            and (%(account_ids)s::bigint[] is null or v.account_id = any(%(account_ids)s))
        where r.entity_id = %(entity)s and r.id = %(run)s
        group by v.currency
    ) as s
),
others as (
    select coalesce(sum(held), 0)::bigint as held, coalesce(sum(nothing), 0)::bigint as nothing,
        coalesce(sum(elsewhere), 0)::bigint as elsewhere,
        coalesce(jsonb_object_agg(currency, held_minor) filter (where held_minor <> 0), '{}') as held_net,
        coalesce(jsonb_object_agg(currency, elsewhere_minor) filter (where elsewhere_minor <> 0), '{}')
            as elsewhere_net
    from (
        select currency, count(*) filter (where state = 'held') as held,
            count(*) filter (where state = 'nothing_due') as nothing,
            count(*) filter (where state = 'elsewhere') as elsewhere,
            coalesce(sum(expected_minor) filter (where state = 'held'), 0) as held_minor,
            coalesce(sum(expected_minor) filter (where state = 'elsewhere'), 0) as elsewhere_minor
        from invoicing_run_item
        where entity_id = %(entity)s and run_id = %(run)s and state <> 'billed'
        group by currency
    ) as s
)
select c.chunks_left, c.expected_accounts, b.accounts as billed_accounts, o.held as held_accounts,
    o.nothing as nothing_due, o.elsewhere as elsewhere_accounts, b.documents, e.net as expected_net,
    b.net as billed_net, o.held_net, o.elsewhere_net
from chunks as c
cross join expected as e
cross join billed as b
cross join others as o;
