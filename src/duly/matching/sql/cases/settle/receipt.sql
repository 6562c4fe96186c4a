-- A receipt as it was entered.
select account_id, amount_minor, received_on, method, payer_name, reference, note
from payments_receipt
where entity_id = %(entity)s and id = %(id)s;
