-- Every staged transfer knows its item: the account it leaves, its sign, how much (all that is open unless said), when.
update staged_transfer as s
set from_account_id = i.account_id, gl_account_id = i.gl_account_id, currency = i.currency, due_on = i.due_on,
    side = sign(i.amount_minor), amount_minor = coalesce(s.amount_minor, abs(i.open_minor)),
    effective_on = greatest(%(today)s::date, i.issued_on)
from receivables_item as i
where i.entity_id = %(entity)s and i.id = s.item_id;
