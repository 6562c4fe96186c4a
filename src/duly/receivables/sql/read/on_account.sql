-- What stays on an account for a purpose, or on all, earliest review first.
select o.id, o.account_id, a.number as account_number, a.name as account_name, o.item_id, i.currency, i.open_minor,
    o.reason, o.review_on, o.placed_by, o.placed_at
from receivables_on_account as o
join receivables_item as i on i.entity_id = o.entity_id and i.id = o.item_id
join receivables_account as a on a.entity_id = o.entity_id and a.id = o.account_id
where o.entity_id = %(entity)s and o.released_at is null and i.open_minor <> 0
    and (%(account)s::bigint is null or o.account_id = %(account)s)
order by o.review_on, o.id
limit %(limit)s;
