-- The transfers just staged.
select transfer_id as id, from_account_id, to_account_id, side * amount_minor as amount_minor, currency
from staged_transfer order by transfer_id;
