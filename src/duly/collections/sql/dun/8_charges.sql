-- What the letters cost: the step's fee once, and where the step says so the law's interest on each item's undisputed
-- part for the days not charged yet, and its lump sum once for each item.
insert into collections_letter_charge (entity_id, letter_id, account_id, kind, about_item_id, currency, amount_minor,
    from_on, to_on, terms)
with charged as materialized (
    select l.letter_id, l.account_id, l.currency, n.fee_minor, n.charges_interest, n.charges_lump, y.late_law,
        y.currency as policy_currency
    from dunning_letter as l
    join collections_policy as y on y.entity_id = %(entity)s and y.id = l.policy_id
    join collections_policy_step as n on n.entity_id = %(entity)s and n.policy_id = l.policy_id and n.step = l.step
    where l.reason is null and (n.fee_minor > 0 or n.charges_interest or n.charges_lump)
),
late as materialized (
    select c.letter_id, w.item_id, w.account_id, w.person_kind, w.currency, w.due_on, w.open_minor, w.disputed_minor,
        c.late_law, c.charges_interest, c.charges_lump,
        coalesce((
            select max(k.to_on) from collections_charge as k
            where k.entity_id = %(entity)s and k.about_item_id = w.item_id and k.kind = 'interest'), w.due_on) as from_on
    from charged as c
    join collections_letter_item as li on li.entity_id = %(entity)s and li.letter_id = c.letter_id
    join dunning_item as w on w.item_id = li.item_id and w.kind <> 'late_charge'
    where c.charges_interest or c.charges_lump
),
slice as (
    select letter_id, item_id, open_minor as minor, from_on, %(through_on)s::date as to_on from late
    union all
    select t.letter_id, t.item_id, a.amount_minor, t.from_on, least(a.effective_on, %(through_on)s)
    from late as t
    join receivables_allocation as a
        on a.entity_id = %(entity)s and a.debit_item_id = t.item_id and a.effective_on > t.from_on
    union all
    select t.letter_id, t.item_id, -d.amount_minor, greatest(d.opened_on, t.from_on), %(through_on)s
    from late as t
    join collections_dispute as d on d.entity_id = %(entity)s and d.item_id = t.item_id and d.state = 'open'
    union all
    select t.letter_id, t.item_id, d.amount_minor, greatest(d.opened_on, t.due_on), t.from_on
    from late as t
    join collections_dispute as d on d.entity_id = %(entity)s and d.item_id = t.item_id and d.state = 'resolved_ours'
        and d.closed_on > t.from_on
),
rate as (
    select law, person_kind, base_rate + points as percent, valid_from, lump_minor, lump_currency,
        lead(valid_from, 1, 'infinity') over (partition by law, person_kind order by valid_from) as valid_to
    from collections_late_rate where entity_id = %(entity)s
),
interest as (
    select t.letter_id, t.item_id, t.account_id, t.currency, t.from_on,
        duly_round_minor(sum(s.minor * r.percent / 36500
            * greatest(least(s.to_on, r.valid_to::date) - greatest(s.from_on, r.valid_from), 0))) as minor,
        string_agg(distinct trim_scale(r.percent)::text || ' %%', ', ') as terms
    from late as t
    join slice as s on s.letter_id = t.letter_id and s.item_id = t.item_id and s.to_on > s.from_on
    join rate as r on r.law = t.late_law and r.person_kind = t.person_kind
        and r.valid_from < s.to_on and r.valid_to > s.from_on
    where t.charges_interest
    group by t.letter_id, t.item_id, t.account_id, t.currency, t.from_on
)
select %(entity)s, letter_id, account_id, 'fee', null::bigint, currency, fee_minor, null::date, null::date, ''
from charged where fee_minor > 0 and currency = policy_currency
union all
select %(entity)s, letter_id, account_id, 'interest', item_id, currency, minor, from_on, %(through_on)s, terms
from interest where minor > 0
union all
select %(entity)s, t.letter_id, t.account_id, 'lump', t.item_id, t.currency, r.lump_minor, null, null, r.law
from late as t
join rate as r on r.law = t.late_law and r.person_kind = t.person_kind
    and %(through_on)s >= r.valid_from and %(through_on)s < r.valid_to and r.lump_currency = t.currency
where t.charges_lump and r.lump_minor > 0 and t.open_minor > t.disputed_minor and not exists (
    select 1 from collections_charge as k
    where k.entity_id = %(entity)s and k.about_item_id = t.item_id and k.kind = 'lump');
