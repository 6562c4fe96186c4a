-- A charge without a purchase-order number carries its account's.
update issuing_charge as c
set po_number = a.po_number
from receivables_account as a
where a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = c.account_id
    and c.po_number = '' and a.po_number <> '';
