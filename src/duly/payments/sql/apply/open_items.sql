-- What the accounts owe and what they have with us, as the rule wants it; what stays on account for a purpose is left.
select i.id, i.account_id, i.currency, i.due_on, i.open_minor
from receivables_item as i
where i.entity_id = %(entity)s and i.account_id = any(%(account_ids)s) and i.open_minor <> 0
    and not exists (
        select 1 from receivables_on_account as o
        where o.entity_id = i.entity_id and o.item_id = i.id and o.released_at is null);
