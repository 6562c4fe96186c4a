-- Every account with something overdue, and the first reason for which nobody reminds it.
insert into dunning_account (account_id, party_id, reason, detail, until_on)
select w.account_id, w.party_id,
    case
        when w.policy_id is null then 'no_policy'
        when s.kind is not null then 'stop'
        when h.reason is not null then 'hold'
        when m.why is not null then 'unplaced_money'
        when r.promised_on is not null then 'promise'
        when b.through_on + y.letter_gap_days > %(through_on)s then 'reminded_lately'
    end,
    case
        when w.policy_id is null then ''
        when s.kind is not null then s.kind || ': ' || s.reason
        when h.reason is not null then h.reason
        when m.why is not null then duly_major(m.minor, m.currency) || ', ' || m.why
        when r.promised_on is not null then duly_major(r.minor, r.currency)
        else ''
    end,
    case
        when w.policy_id is null then null
        when s.kind is not null then s.until_on
        when h.reason is not null then h.deadline_on
        when m.why is not null then null
        when r.promised_on is not null then r.promised_on
        else b.through_on + y.letter_gap_days
    end
from (select distinct account_id, party_id, policy_id from dunning_item) as w
left join collections_policy as y on y.entity_id = %(entity)s and y.id = w.policy_id
left join (
    select distinct on (party_id) party_id, kind, reason, until_on
    from collections_stop
    where entity_id = %(entity)s and lifted_at is null and channels = '{}'
        and (until_on is null or until_on >= %(through_on)s)
    order by party_id, id
) as s on s.party_id = w.party_id
left join (
    select distinct on (account_id) account_id, reason, deadline_on
    from receivables_hold
    where entity_id = %(entity)s and released_at is null and scope in ('dunning', 'all')
    order by account_id, id
) as h on h.account_id = w.account_id
left join (
    select a.party_id, sum(u.amount_minor) as minor, min(u.currency) as currency, min(u.why) as why
    from collections_unplaced as u
    join receivables_account as a on a.entity_id = u.entity_id and a.id = u.account_id
    where u.entity_id = %(entity)s and u.run_id = %(run)s and a.party_id between %(first)s and %(last)s
    group by a.party_id
) as m on m.party_id = w.party_id
left join (
    select account_id, sum(amount_minor) as minor, min(currency) as currency, max(promised_on) as promised_on
    from collections_promise
    where entity_id = %(entity)s and state = 'open' and promised_on + grace_days >= %(through_on)s
    group by account_id
) as r on r.account_id = w.account_id
left join lateral (
    select c.through_on
    from collections_letter as l
    join collections_run as c on c.entity_id = l.entity_id and c.id = l.run_id
    where l.entity_id = %(entity)s and l.party_id = w.party_id and l.state in ('released', 'sent') and l.channel <> 'call'
    order by l.id desc
    limit 1
) as b on true;
