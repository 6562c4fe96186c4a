-- The lines are ours until commit, in id order; the receipts they became.
with mine as (
    select l.id from banking_line as l
    where l.entity_id = %(entity)s and l.id = any(%(ids)s)
    order by l.id
    for update
)
select p.receipt_id as id
from mine
join banking_placement as p on p.entity_id = %(entity)s and p.line_id = mine.id and p.undone_on is null
where p.receipt_id is not null;
