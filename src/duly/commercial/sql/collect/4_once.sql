-- One-off lines are wanted once, by the version in force on the line's first day; milestones once they are reached, by
-- the version in force on that day.
with once as (
    select d.*, 'term:' || d.term_id || ':once' as charge_key, d.line_since as on_day, d.description as said,
        null::numeric as price
    from (select *, greatest(line_since, starts_on) as since from commercial_due) as d
    where d.model = 'one_off' and d.valid_from <= d.since and (d.valid_to is null or d.valid_to > d.since)
    union all
    select d.*, 'milestone:' || m.id, m.reached_on, concat_ws(': ', nullif(d.description, ''), m.name), m.price
    from (select *, greatest(line_since, starts_on) as since from commercial_due) as d
    join commercial_milestone as m
        on m.entity_id = %(entity)s and m.account_id between %(first)s and %(last)s
        and m.agreement_id = d.agreement_id and m.line = d.line
    where d.model = 'milestone' and m.reached_on >= d.valid_from and (d.valid_to is null or m.reached_on < d.valid_to)
)
insert into commercial_wanted (
    charge_key, term_id, agreement_id, account_id, line, kind, quantity, unit_price, price_id, description,
    bill_on, tax_point_on, settled, net_minor)
select o.charge_key, o.term_id, o.agreement_id, o.account_id, o.line, 'agreement',
    case when o.price is null then o.quantity else 1 end, price.unit_price,
    case when o.price is null then list.id end, o.said, o.on_day, o.on_day, false,
    round(price.unit_price * case when o.price is null then o.quantity else 1 end * o.scale)::bigint
from once as o
left join catalog_price as list
    on list.entity_id = %(entity)s and o.unit_price is null and o.price is null
    and list.item_id = o.item_id and list.price_list = o.price_list and list.currency = o.currency
    and o.on_day >= list.valid_from and (list.valid_to is null or o.on_day < list.valid_to)
cross join lateral (select coalesce(o.price, o.unit_price, list.unit_price) as unit_price) as price
left join invoicing_line as l
    on l.entity_id = %(entity)s and l.charge_key = o.charge_key and l.version = 1 and o.recheck_from is null
where o.on_day <= %(through)s and o.state = 'active' and l.charge_key is null;
