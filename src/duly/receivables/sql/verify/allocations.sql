-- Allocations that do not join one item owed to us and one owed by us, of one account and one currency, both there.
select 'allocation ' || l.id as subject,
    case
        when d.id is null or c.id is null then 'one of its items does not exist'
        when d.amount_minor < 0 or c.amount_minor > 0 then 'its items are on the wrong sides'
        when d.currency <> l.currency or c.currency <> l.currency then 'its currency is not that of its items'
        when d.account_id <> c.account_id or d.account_id <> l.account_id then 'its items are of two accounts'
        else 'it takes effect before one of its items was there'
    end as detail
from receivables_allocation as l
left join receivables_item as d on d.entity_id = l.entity_id and d.id = l.debit_item_id
left join receivables_item as c on c.entity_id = l.entity_id and c.id = l.credit_item_id
where l.entity_id = %(entity)s and (
    d.id is null or c.id is null or d.amount_minor < 0 or c.amount_minor > 0
    or d.currency <> l.currency or c.currency <> l.currency
    or d.account_id <> c.account_id or d.account_id <> l.account_id
    or l.effective_on < greatest(d.issued_on, c.issued_on))
limit 100;
