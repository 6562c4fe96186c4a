-- A period of an agreement's line between two that were billed, which no line and no draft holds: a gap in the calendar.
with billed as (
    select t.entity_id, t.id as term_id, t.account_id, t.agreement_id, t.item_id, t.description, t.quantity, t.unit_price,
        t.interval_unit, t.interval_count, t.phase, t.anchor_day, g.scale, g.currency, g.number,
        greatest(min(l.period_from), %(since)s::date) as first_on, max(l.period_from) as last_on
    from commercial_term as t
    join commercial_agreement as g on g.entity_id = t.entity_id and g.id = t.agreement_id and g.state = 'active'
    join invoicing_line as l
        on l.entity_id = t.entity_id and l.source_id = t.id and l.source_kind = 'agreement' and l.period_from is not null
    where t.entity_id = %(entity)s and t.model in ('flat', 'per_unit') and t.interval_unit <> 'once'
        and t.meter is null and coalesce(t.unit_price, 0) <> 0
        and (%(accounts)s::bigint[] is null or t.account_id = any(%(accounts)s))
    group by t.entity_id, t.id, t.account_id, t.agreement_id, t.item_id, t.description, t.quantity, t.unit_price,
        t.interval_unit, t.interval_count, t.phase, t.anchor_day, g.scale, g.currency, g.number
),
gaps as (
    select b.*, p.starts_on, p.ends_on
    from billed as b
    cross join lateral generate_series(
        commercial_period_no(b.interval_unit, b.interval_count, b.phase, b.anchor_day, b.first_on),
        commercial_period_no(b.interval_unit, b.interval_count, b.phase, b.anchor_day, b.last_on)) as k
    cross join lateral (select
        commercial_boundary(b.interval_unit, b.interval_count, b.phase, b.anchor_day, k) as starts_on,
        commercial_boundary(b.interval_unit, b.interval_count, b.phase, b.anchor_day, k + 1) as ends_on) as p
    where p.starts_on > b.first_on and p.starts_on < b.last_on
        and not exists (
            select 1 from invoicing_line as l
            where l.entity_id = b.entity_id and l.source_id = b.term_id and l.period_from < p.ends_on
                and l.period_to > p.starts_on)
        and not exists (
            select 1 from invoicing_charge as c
            where c.entity_id = b.entity_id and c.account_id = b.account_id and c.source_id = b.term_id
                and c.period_from < p.ends_on and c.period_to > p.starts_on)
        and not exists (
            select 1 from commercial_pause as w
            where w.entity_id = b.entity_id and w.agreement_id = b.agreement_id
                and w.paused_on < p.ends_on and (w.resumed_on is null or w.resumed_on > p.starts_on))
)
insert into found_difference (subject, kind, favours, account_id, amount_minor, currency, happened_on, sentence, facts)
select 'period:' || x.term_id || ':' || x.starts_on, 'missing_charge', 'them', x.account_id,
    round(x.unit_price * x.quantity * x.scale)::bigint, x.currency, x.starts_on,
    x.number || ', ' || coalesce(nullif(x.description, ''), c.name) || ': ' || x.starts_on || ' to ' || x.ends_on - 1
        || ' is on no invoice, before and after are; net '
        || matching_money(round(x.unit_price * x.quantity * x.scale)::bigint, x.currency),
    jsonb_build_object('expected', 'charge', 'item_code', c.code, 'description', coalesce(nullif(x.description, ''), c.name),
        'quantity', trim_scale(x.quantity), 'unit_price', trim_scale(x.unit_price),
        'net_minor', round(x.unit_price * x.quantity * x.scale)::bigint, 'period_from', x.starts_on,
        'period_to', x.ends_on, 'charge_key', 'gap:' || x.term_id || ':' || x.starts_on)
from gaps as x
join catalog_item as c on c.entity_id = x.entity_id and c.id = x.item_id
where round(x.unit_price * x.quantity * x.scale) <> 0
    -- What a person billed for the gap by hand is in a draft or on an invoice under its own key.
    and not exists (
        select 1 from invoicing_line as l
        where l.entity_id = x.entity_id and l.charge_key = 'gap:' || x.term_id || ':' || x.starts_on)
    and not exists (
        select 1 from invoicing_charge as d
        where d.entity_id = x.entity_id and d.charge_key = 'gap:' || x.term_id || ':' || x.starts_on);
