-- The agreements amended are ours until commit, in id order.
select a.id
from commercial_agreement as a
where a.entity_id = %(entity)s and a.id in (select agreement_id from staged_amendment)
order by a.id
for update;
