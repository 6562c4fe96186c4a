-- Held accounts have the owner and the deadline they had before.
update invoicing_run_item as i
set owner_id = b.owner_id, deadline_on = b.deadline_on
from jsonb_to_recordset(%(before)s::jsonb) as b (account_id bigint, currency char(3), owner_id bigint, deadline_on date)
where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id = b.account_id and i.currency = b.currency
    and i.state = 'held';
