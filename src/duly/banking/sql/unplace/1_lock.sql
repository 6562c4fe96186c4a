-- The placed lines among these are ours until commit; their standing placements.
with mine as (
    select l.id
    from banking_line as l
    where l.entity_id = %(entity)s and l.id = any(%(ids)s) and l.state = 'placed'
    order by l.id
    for update
)
select p.id, p.line_id, p.kind, p.receipt_id
from mine
join banking_placement as p on p.entity_id = %(entity)s and p.line_id = mine.id and p.undone_on is null
order by p.id;
