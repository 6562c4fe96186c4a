-- The confirmed changes whose cooling is over are ours until commit.
select c.id, c.party_id
from parties_bank_change as c
where c.entity_id = %(entity)s and c.state = 'confirmed' and c.cooling_until_on <= %(today)s
order by c.id
for update skip locked;
