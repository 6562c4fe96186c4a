-- Every account that has drafts due or that an agreement speaks for, with what is there and what is expected.
with due as (
    select c.account_id, c.currency, count(*) as charges, sum(c.net_minor) as net_minor,
        coalesce(sum(c.net_minor) filter (where c.source_kind not in ('agreement', 'usage', 'reversal')), 0)
            as waiting_minor,
        coalesce(sum(c.net_minor - c.agreed_net_minor), 0) as by_hand_minor
    from invoicing_charge as c
    where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
        and c.bill_on <= %(through_on)s and c.dismissed_by is null
        and (%(account_ids)s::bigint[] is null or c.account_id = any(%(account_ids)s))
    group by c.account_id, c.currency
),
dismissed as (
    select c.account_id, c.currency, -sum(coalesce(c.agreed_net_minor, c.net_minor)) as by_hand_minor
    from invoicing_charge as c
    where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
        and c.bill_on <= %(through_on)s and c.dismissed_by is not null
        and c.source_kind in ('agreement', 'usage', 'reversal')
        and (%(account_ids)s::bigint[] is null or c.account_id = any(%(account_ids)s))
    group by c.account_id, c.currency
),
agreed as (
    select account_id, currency, sum(due_minor) as due_minor, string_agg(nullif(reason, ''), '; ') as reason
    from staged_expected
    where account_id between %(first)s and %(last)s
    group by account_id, currency
),
spoken_for as (
    select account_id, currency, coalesce(d.charges, 0) as charges, coalesce(d.net_minor, 0) as net_minor,
        coalesce(d.by_hand_minor, 0) + coalesce(x.by_hand_minor, 0) as by_hand_minor,
        coalesce(d.waiting_minor, 0) as waiting_minor, a.reason,
        case when %(collected)s then coalesce(a.due_minor, 0)
            else coalesce(d.net_minor, 0) - coalesce(d.waiting_minor, 0)
                - coalesce(d.by_hand_minor, 0) - coalesce(x.by_hand_minor, 0) end as agreed_minor
    from due as d
    full join agreed as a using (account_id, currency)
    full join dismissed as x using (account_id, currency)
)
insert into invoicing_run_item (entity_id, run_id, account_id, currency, state, reason_code, reason, charges,
    net_minor, expected_minor, by_hand_minor)
select %(entity)s, %(run)s, account_id, currency,
    case when reason is not null then 'planned'
        when charges = 0 and agreed_minor + waiting_minor + by_hand_minor = 0 then 'nothing_due' else 'planned' end,
    case when reason is null then '' else 'not_chargeable' end, coalesce(reason, ''), charges, net_minor, agreed_minor + waiting_minor + by_hand_minor, by_hand_minor
from spoken_for
order by account_id, currency;
