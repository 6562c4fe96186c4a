-- The former details of these parties are no longer in force.
update parties_bank_detail as d
set in_force_to = %(today)s
from parties_bank_change as c
where c.entity_id = %(entity)s and c.id = any(%(ids)s)
    and d.entity_id = c.entity_id and d.party_id = c.party_id and d.in_force_from is not null and d.in_force_to is null;
