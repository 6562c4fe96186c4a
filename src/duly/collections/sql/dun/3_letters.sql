-- One letter for each payer with at least one item due for a step: with all its overdue items that do not rest.
insert into dunning_letter (party_id, account_id, policy_id, step, channel, address, language, currency, dunned_minor,
    items, accounts, oldest_due_on, reason)
select g.party_id, a.id, g.policy_id, g.step,
    case when n.channel = 'call' then 'call' when a.delivery = 'email' then 'email' else 'letter' end,
    case when n.channel <> 'call' and a.delivery = 'email' then coalesce(nullif(a.billing_email, ''), p.email) else '' end,
    a.language, a.currency, t.minor, g.items, g.accounts, g.oldest_due_on,
    case
        when a.currency = y.currency and t.minor < y.min_minor then 'below_minimum'
        when n.channel <> 'call' and a.delivery = 'none' then 'no_channel'
        when n.channel <> 'call' and a.delivery = 'email' and coalesce(nullif(a.billing_email, ''), p.email) = ''
            then 'no_address'
    end
from (
    select w.party_id, min(w.account_id) as account_id, max(w.step) as step,
        (array_agg(w.policy_id order by w.step desc nulls last, w.item_id))[1] as policy_id,
        count(*) as items, count(distinct w.account_id) as accounts, min(w.due_on) as oldest_due_on
    from dunning_item as w
    join dunning_account as o on o.account_id = w.account_id and o.reason is null
    where w.rest is null
    group by w.party_id
    having max(w.step) is not null
) as g
join receivables_account as a on a.entity_id = %(entity)s and a.id = g.account_id
join parties_party as p on p.entity_id = %(entity)s and p.id = g.party_id
join collections_policy as y on y.entity_id = %(entity)s and y.id = g.policy_id
join collections_policy_step as n on n.entity_id = %(entity)s and n.policy_id = g.policy_id and n.step = g.step
cross join lateral (
    select coalesce(sum(w.open_minor - w.disputed_minor), 0) as minor
    from dunning_item as w
    join dunning_account as o on o.account_id = w.account_id and o.reason is null
    where w.party_id = g.party_id and w.rest is null and w.currency = a.currency
) as t
order by g.party_id;
