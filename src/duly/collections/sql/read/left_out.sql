-- Who a run leaves out, by account.
select o.account_id, a.number as account_number, a.name, o.reason, o.detail, o.items, o.amount_minor, o.currency, o.until_on,
    o.next_allowed_at
from collections_left_out as o
join receivables_account as a on a.entity_id = o.entity_id and a.id = o.account_id
where o.entity_id = %(entity)s and o.run_id = %(run)s and (%(reason)s::text is null or o.reason = %(reason)s)
    and o.account_id > %(after)s
order by o.account_id, o.reason
limit %(limit)s;
