-- Whom a change is told to: the customer and the contacts we had before it was asked for.
select distinct lower(trim(found.email)) as email
from parties_bank_change as b
cross join lateral (
    select p.email from parties_party as p
    where p.entity_id = b.entity_id and p.id = b.party_id and p.email <> ''
    union all
    select c.email from parties_contact as c
    where c.entity_id = b.entity_id and c.party_id = b.party_id and c.email <> '' and c.valid_from < b.requested_on
        and (c.valid_to is null or c.valid_to >= b.requested_on)
) as found
where b.entity_id = %(entity)s and b.id = %(id)s
order by 1;
