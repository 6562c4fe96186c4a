-- Drafts that are surprising by themselves: twice the same, another price than listed or agreed, expected and missing.
with due as materialized (
    select c.id, c.account_id, c.currency, c.item_id, c.description, c.period_from, c.period_to, c.bill_on,
        c.source_kind, c.net_minor
    from invoicing_charge as c
    where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
        and c.bill_on <= %(through_on)s and c.dismissed_by is null
        and (%(account_ids)s::bigint[] is null or c.account_id = any(%(account_ids)s))
)
insert into review_found (account_id, charge_id, kind, currency, sentence, facts, at_stake_minor)
select account_id, max(id), 'doubled', currency,
    description || coalesce(' for ' || to_char(period_from, 'Mon FMDD') || ' to ' || to_char(period_to - 1, 'Mon FMDD, YYYY'),
        ' of ' || to_char(min(bill_on), 'Mon FMDD, YYYY'))
        || ' is there ' || count(*) || ' times at ' || duly_major(net_minor, currency) || '.',
    jsonb_build_object('charges', jsonb_agg(id order by id), 'net_minor', net_minor), net_minor * (count(*) - 1)
from due
where net_minor > 0 and source_kind <> 'reversal'
group by account_id, currency, item_id, description, period_from, period_to, net_minor,
    case when period_from is null then bill_on end
having count(*) > 1
union all
select d.account_id, d.id, 'price_differs', d.currency,
    d.description || ' at ' || trim_scale(d.unit_price) || ' is not the '
        || case when d.pricing ? 'price' then 'agreed' else 'listed' end || ' price of '
        || trim_scale(p.price) || ' ' || d.currency || ' (' || trim_scale(d.quantity) || ' ' || d.unit || ').',
    jsonb_build_object('unit_price', d.unit_price, 'agreed_unit_price', p.price, 'quantity', d.quantity),
    abs(duly_round_minor(d.quantity * (d.unit_price - p.price)
        * power(10::numeric, duly_currency_digits(d.currency))))
from invoicing_charge as d
cross join lateral (
    select coalesce(d.pricing ->> 'price', d.pricing ->> 'list_unit_price')::numeric as price
) as p
where d.entity_id = %(entity)s and d.account_id between %(first)s and %(last)s
    and d.bill_on <= %(through_on)s and d.dismissed_by is null
    and (%(account_ids)s::bigint[] is null or d.account_id = any(%(account_ids)s))
    -- What an agreement priced is as agreed, until a person edits it.
    and (d.source_kind in ('manual', 'import') or (d.source_kind = 'agreement' and d.edited_by is not null))
    and d.unit_price <> p.price
union all
select i.account_id, null, 'missing_charge', i.currency,
    'The agreements say ' || duly_major(i.expected_minor, i.currency) || ' is due, and there is no charge.',
    jsonb_build_object('expected_minor', i.expected_minor), abs(i.expected_minor)
from invoicing_run_item as i
where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
    and i.charges = 0 and i.expected_minor <> 0;
