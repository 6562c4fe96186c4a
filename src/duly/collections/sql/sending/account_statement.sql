-- Where a statement goes.
select s.public_id::text as public_id, s.address, a.number
from collections_statement as s
join receivables_account as a on a.entity_id = s.entity_id and a.id = s.account_id
where s.entity_id = %(entity)s and s.id = %(id)s;
