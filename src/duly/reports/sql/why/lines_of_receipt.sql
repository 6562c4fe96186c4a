-- The bank lines a receipt was made from and still stands on.
select p.line_id, l.booked_on
from banking_placement as p
join banking_line as l on l.entity_id = p.entity_id and l.id = p.line_id
where p.entity_id = %(entity)s and p.receipt_id = %(id)s and p.undone_on is null
order by p.id;
