-- The lines are ours until commit, in id order.
select l.id
from banking_line as l
where l.entity_id = %(entity)s and l.id in (select line_id from accepting)
order by l.id
for update;
