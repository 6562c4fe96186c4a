-- Planned items say what the drafts now say; what was expected moves by what people did, nothing else.
with due as (
    select c.account_id, c.currency, count(*) as charges, sum(c.net_minor) as net_minor,
        coalesce(sum(c.net_minor - c.agreed_net_minor), 0) as by_hand_minor
    from invoicing_charge as c
    where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
        and c.account_id = any(%(account_ids)s) and c.bill_on <= %(through_on)s and c.dismissed_by is null
    group by c.account_id, c.currency
),
dismissed as (
    select c.account_id, c.currency, -sum(coalesce(c.agreed_net_minor, c.net_minor)) as by_hand_minor
    from invoicing_charge as c
    where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
        and c.account_id = any(%(account_ids)s) and c.bill_on <= %(through_on)s and c.dismissed_by is not null
        and c.source_kind in ('agreement', 'usage', 'reversal')
    group by c.account_id, c.currency
),
now_due as (
    select account_id, currency, coalesce(d.charges, 0) as charges, coalesce(d.net_minor, 0) as net_minor,
        coalesce(d.by_hand_minor, 0) + coalesce(x.by_hand_minor, 0) as by_hand_minor
    from due as d
    full join dismissed as x using (account_id, currency)
    union all
    select i.account_id, i.currency, 0, 0, 0
    from invoicing_run_item as i
    where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
        and i.account_id = any(%(account_ids)s)
        and not exists (select 1 from due as d where d.account_id = i.account_id and d.currency = i.currency)
        and not exists (select 1 from dismissed as x where x.account_id = i.account_id and x.currency = i.currency)
)
insert into invoicing_run_item as i (entity_id, run_id, account_id, currency, state, charges, net_minor,
    expected_minor, by_hand_minor)
select %(entity)s, %(run)s, account_id, currency, case when charges = 0 then 'nothing_due' else 'planned' end,
    charges, net_minor, net_minor, by_hand_minor
from now_due
order by account_id, currency
on conflict (entity_id, run_id, account_id, currency) do update
set charges = excluded.charges, net_minor = excluded.net_minor, by_hand_minor = excluded.by_hand_minor,
    expected_minor = i.expected_minor + excluded.net_minor - i.net_minor,
    state = case
        when excluded.charges = 0 and i.expected_minor + excluded.net_minor - i.net_minor = 0 then 'nothing_due'
        else 'planned' end,
    reason_code = case when i.reason_code = 'not_chargeable' then i.reason_code else '' end,
    reason = case when i.reason_code = 'not_chargeable' then i.reason else '' end, owner_id = null,
    deadline_on = null;
