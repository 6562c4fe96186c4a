-- The refunds are on their way to the bank.
update payments_refund as r
set state = 'released', file_id = %(file)s, receipt_id = s.receipt_id, released_by = %(by_id)s,
    released_by_name = %(by)s, released_on = %(today)s
from staged_receipt as s
where r.entity_id = %(entity)s and r.id = any(%(ids)s) and s.source_key = 'refund:' || r.id || ':' || %(file)s
    and r.state = 'approved';
