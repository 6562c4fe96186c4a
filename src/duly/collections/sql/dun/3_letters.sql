-- One letter for each payer with at least one item due for a step: with all its overdue items that do not rest.
insert into dunning_letter (party_id, account_id, policy_id, step, channel, address, language, currency, dunned_minor,
    items, accounts, oldest_due_on, reason)
with going as materialized (
    select w.party_id, w.account_id, w.policy_id, w.item_id, w.currency, w.due_on, w.step, w.open_minor - w.disputed_minor as minor
    from dunning_item as w
    join dunning_account as o on o.account_id = w.account_id and o.reason is null
    where w.rest is null
),
sums as (
    select party_id, currency, sum(minor) as minor from going group by party_id, currency
),
payer as (
    select party_id, min(account_id) as account_id, max(step) as step,
        (array_agg(policy_id order by step desc nulls last, item_id))[1] as policy_id,
        count(*) as items, count(distinct account_id) as accounts, min(due_on) as oldest_due_on
    from going
    group by party_id
    having max(step) is not null
)
select g.party_id, a.id, g.policy_id, g.step,
    case when n.channel = 'call' then 'call' when a.delivery = 'email' then 'email' else 'letter' end,
    case when n.channel <> 'call' and a.delivery = 'email' then coalesce(nullif(a.billing_email, ''), p.email) else '' end,
    a.language, a.currency, coalesce(t.minor, 0), g.items, g.accounts, g.oldest_due_on,
    case
        when a.currency = y.currency and coalesce(t.minor, 0) < y.min_minor then 'below_minimum'
        when n.channel <> 'call' and a.delivery = 'none' then 'no_channel'
        when n.channel <> 'call' and a.delivery = 'email' and coalesce(nullif(a.billing_email, ''), p.email) = ''
            then 'no_address'
    end
from payer as g
join receivables_account as a on a.entity_id = %(entity)s and a.id = g.account_id
join parties_party as p on p.entity_id = %(entity)s and p.id = g.party_id
join collections_policy as y on y.entity_id = %(entity)s and y.id = g.policy_id
join collections_policy_step as n on n.entity_id = %(entity)s and n.policy_id = g.policy_id and n.step = g.step
left join sums as t on t.party_id = g.party_id and t.currency = a.currency
order by g.party_id;
