-- Items whose postings on control accounts do not sum to what is open of them; postings that name no item as one line.
with posted as (
    select p.gl_account_id, p.currency, p.item_id, sum(p.amount_minor) as minor
    from ledger_posting as p
    join ledger_account as a on a.entity_id = p.entity_id and a.id = p.gl_account_id and a.control is not null
    where p.entity_id = %(entity)s
    group by p.gl_account_id, p.currency, p.item_id
),
items as (
    select id, account_id, gl_account_id, currency, open_minor from receivables_item where entity_id = %(entity)s
)
select a.code, coalesce(p.currency, i.currency) as currency, coalesce(p.item_id, i.id) as item_id, i.account_id,
    coalesce(i.open_minor, 0)::bigint as items_minor, coalesce(p.minor, 0)::bigint as ledger_minor
from posted as p
full join items as i on i.id = p.item_id and i.gl_account_id = p.gl_account_id and i.currency = p.currency
join ledger_account as a on a.entity_id = %(entity)s and a.id = coalesce(p.gl_account_id, i.gl_account_id)
where coalesce(p.minor, 0) <> coalesce(i.open_minor, 0)
order by a.code, item_id
limit 1000;
