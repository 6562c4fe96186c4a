-- The chunk says what its items add up to, per currency.
with sums as (
    select i.currency, count(*) as accounts,
        count(*) filter (where i.state = 'planned') as planned,
        count(*) filter (where i.state = 'held') as held,
        count(*) filter (where i.state = 'nothing_due') as nothing,
        count(*) filter (where i.state = 'billed') as billed,
        count(*) filter (where i.state = 'elsewhere') as elsewhere,
        coalesce(sum(i.charges) filter (where i.state = 'planned'), 0) as lines,
        coalesce(sum(i.expected_minor), 0) as expected_minor,
        coalesce(sum(i.expected_minor) filter (where i.state = 'held'), 0) as held_minor,
        coalesce(sum(i.expected_minor) filter (where i.state = 'elsewhere'), 0) as elsewhere_minor
    from invoicing_run_item as i
    where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
    group by i.currency
),
totals as (
    select coalesce(sum(accounts), 0) as accounts, coalesce(sum(planned), 0) as planned,
        coalesce(sum(held), 0) as held, coalesce(sum(nothing), 0) as nothing, coalesce(sum(billed), 0) as billed,
        coalesce(sum(elsewhere), 0) as elsewhere, coalesce(sum(lines), 0) as lines,
        coalesce(jsonb_object_agg(currency, expected_minor), '{}') as expected_net,
        coalesce(jsonb_object_agg(currency, held_minor) filter (where held_minor <> 0), '{}') as held_net,
        coalesce(jsonb_object_agg(currency, elsewhere_minor) filter (where elsewhere_minor <> 0), '{}')
            as elsewhere_net
    from sums
)
update invoicing_run_chunk as c
set state = coalesce(%(state)s, c.state),
    expected_accounts = t.accounts, planned_accounts = t.planned, held_accounts = t.held, nothing_due = t.nothing,
    billed_accounts = t.billed, elsewhere_accounts = t.elsewhere,
    lines = case when c.state = 'issued' or %(state)s = 'issued' then c.lines else t.lines end,
    expected_net = case when %(freeze)s then t.expected_net else c.expected_net end,
    held_net = t.held_net, elsewhere_net = t.elsewhere_net,
    surprises = (
        select count(*) from invoicing_surprise as s
        where s.entity_id = %(entity)s and s.run_id = %(run)s and s.account_id between %(first)s and %(last)s
            and s.state in ('open', 'held'))
from totals as t
where c.entity_id = %(entity)s and c.run_id = %(run)s and c.chunk = %(chunk)s;
