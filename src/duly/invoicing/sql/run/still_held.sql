-- The accounts of these that the run holds.
select account_id, reason_code, reason
from invoicing_run_item
where entity_id = %(entity)s and run_id = %(run)s and account_id = any(%(account_ids)s) and state = 'held'
order by account_id, currency;
