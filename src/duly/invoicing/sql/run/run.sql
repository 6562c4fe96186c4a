-- Runs with what their chunks add up to, newest first.
select r.id, r.through_on, r.issued_on, r.planned_on, r.state, r.note, r.account_ids is not null as limited,
    r.made_by, r.made_by_name, r.created_at, r.planned_at, r.approved_at, r.approved_by, r.approved_by_name,
    r.issued_at, r.certificate, c.chunks, c.chunks_planned, c.chunks_issued, c.expected_accounts, c.planned_accounts,
    c.held_accounts, c.nothing_due, c.billed_accounts, c.elsewhere_accounts, c.documents, c.lines, c.surprises,
    n.expected_net, n.billed_net, n.held_net, n.elsewhere_net, n.to_bill_net
from (
    select * from invoicing_run
    where entity_id = %(entity)s and (%(id)s::bigint is null or id = %(id)s)
        and (%(before)s::bigint is null or id < %(before)s)
        and (%(limited)s::boolean is null or (account_ids is not null) = %(limited)s)
    order by id desc
    limit %(limit)s
) as r
cross join lateral (
    select count(*) as chunks, count(*) filter (where k.state <> 'waiting') as chunks_planned,
        count(*) filter (where k.state = 'issued') as chunks_issued,
        coalesce(sum(k.expected_accounts), 0)::bigint as expected_accounts,
        coalesce(sum(k.planned_accounts), 0)::bigint as planned_accounts,
        coalesce(sum(k.held_accounts), 0)::bigint as held_accounts,
        coalesce(sum(k.nothing_due), 0)::bigint as nothing_due,
        coalesce(sum(k.billed_accounts), 0)::bigint as billed_accounts,
        coalesce(sum(k.elsewhere_accounts), 0)::bigint as elsewhere_accounts,
        coalesce(sum(k.documents), 0)::bigint as documents, coalesce(sum(k.lines), 0)::bigint as lines,
        coalesce(sum(k.surprises), 0)::bigint as surprises
    from invoicing_run_chunk as k
    where k.entity_id = r.entity_id and k.run_id = r.id
) as c
cross join lateral (
    select
        coalesce(jsonb_object_agg(currency, expected), '{}') as expected_net,
        coalesce(jsonb_object_agg(currency, billed) filter (where billed <> 0), '{}') as billed_net,
        coalesce(jsonb_object_agg(currency, held) filter (where held <> 0), '{}') as held_net,
        coalesce(jsonb_object_agg(currency, elsewhere) filter (where elsewhere <> 0), '{}') as elsewhere_net,
        coalesce(jsonb_object_agg(currency, expected - held - elsewhere), '{}') as to_bill_net
    from (
        select x.currency, sum(x.expected) as expected, sum(x.billed) as billed, sum(x.held) as held,
            sum(x.elsewhere) as elsewhere
        from invoicing_run_chunk as k
        cross join lateral (
            select key as currency, value::bigint as expected, 0::bigint as billed, 0::bigint as held,
                0::bigint as elsewhere
            from jsonb_each_text(k.expected_net)
            union all
            select key, 0, value::bigint, 0, 0 from jsonb_each_text(k.billed_net)
            union all
            select key, 0, 0, value::bigint, 0 from jsonb_each_text(k.held_net)
            union all
            select key, 0, 0, 0, value::bigint from jsonb_each_text(k.elsewhere_net)
        ) as x
        where k.entity_id = r.entity_id and k.run_id = r.id
        group by x.currency
    ) as per_currency
) as n
order by r.id desc;
