-- Names the first staged allocation that its items do not bear.
with wanted as (
    select debit_item_id as item_id, 1 as side, sum(amount_minor) as minor from staged_allocation group by 1
    union all
    select credit_item_id, -1, sum(amount_minor) from staged_allocation group by 1
)
select
    case
        when i.id is null then 'item_unknown'
        when sign(i.amount_minor) <> w.side then 'items_on_the_same_side'
        else 'item_has_less_open'
    end as problem,
    w.item_id,
    abs(i.open_minor) as open_minor,
    w.minor::bigint as wanted_minor
from wanted as w
left join receivables_item as i on i.entity_id = %(entity)s and i.id = w.item_id
where i.id is null or sign(i.amount_minor) <> w.side or abs(i.open_minor) < w.minor
union all
select case when d.currency <> c.currency then 'currencies_differ' else 'accounts_differ' end, d.id, d.open_minor, s.amount_minor
from staged_allocation as s
join receivables_item as d on d.entity_id = %(entity)s and d.id = s.debit_item_id
join receivables_item as c on c.entity_id = %(entity)s and c.id = s.credit_item_id
where d.currency <> c.currency or d.account_id <> c.account_id
limit 1;
