-- Every staged write-off knows its item: account, sign, how much (all that is open unless said), the day it stands.
update staged_write_off as s
set account_id = i.account_id, control_id = i.gl_account_id, currency = i.currency, side = sign(i.amount_minor),
    open_minor = abs(i.open_minor), amount_minor = coalesce(s.amount_minor, abs(i.open_minor)),
    effective_on = greatest(%(today)s::date, i.issued_on), gl_account_id = l.id
from receivables_item as i
join ledger_account as l on l.entity_id = i.entity_id and l.code = %(code)s
where i.entity_id = %(entity)s and i.id = s.item_id;
