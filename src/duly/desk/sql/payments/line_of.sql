-- The bank line a receipt came by or was brought to the bank with, if any.
select p.line_id
from banking_placement as p
where p.entity_id = %(entity)s and p.undone_on is null
    and (p.receipt_id = %(receipt)s or 'bank-line:' || p.id = %(deposit_key)s::text)
limit 1;
