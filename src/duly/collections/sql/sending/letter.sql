-- Where a letter goes.
select l.public_id::text as public_id, l.address, a.number
from collections_letter as l
join receivables_account as a on a.entity_id = l.entity_id and a.id = l.account_id
where l.entity_id = %(entity)s and l.id = %(id)s;
