-- Names the first staged transfer that cannot be, and why.
with wanted as (
    select item_id, sum(amount_minor) as minor from staged_transfer group by item_id
)
select case
        when i.id is null then 'item_unknown'
        when s.amount_minor = 0 then 'nothing_open'
        when s.amount_minor < 0 then 'amount_not_above_zero'
        when a.id is null then 'unknown_account'
        when a.id = i.account_id then 'transfer_to_the_same_account'
        when a.state <> 'active' then 'account_closed'
        when a.currency <> i.currency then 'currencies_differ'
        else 'item_has_less_open' end as problem,
    s.item_id, abs(i.open_minor) as open_minor, w.minor::bigint as wanted_minor
from staged_transfer as s
join wanted as w on w.item_id = s.item_id
left join receivables_item as i on i.entity_id = %(entity)s and i.id = s.item_id
left join receivables_account as a on a.entity_id = %(entity)s and a.id = s.to_account_id
where i.id is null or s.amount_minor <= 0 or a.id is null or a.id = i.account_id or a.state <> 'active'
    or a.currency <> i.currency or abs(i.open_minor) < w.minor
order by s.transfer_id
limit 1;
