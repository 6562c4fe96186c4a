-- Held accounts have an owner and a deadline; what they had before is kept for Undo.
with before as (
    select account_id, currency, owner_id, deadline_on
    from invoicing_run_item
    where entity_id = %(entity)s and run_id = %(run)s and account_id = any(%(account_ids)s) and state = 'held'
    order by account_id, currency
    for update
), assigned as (
    update invoicing_run_item as i
    set owner_id = %(owner)s, deadline_on = %(deadline_on)s
    from before as b
    where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id = b.account_id and i.currency = b.currency
)
select coalesce(jsonb_agg(jsonb_build_object('account_id', account_id, 'currency', currency, 'owner_id', owner_id,
    'deadline_on', deadline_on)), '[]')
from before;
