-- Staged accounts whose external id or number is known are those accounts.
update staged_account as s
set account_id = a.id
from receivables_account as a
where a.entity_id = %(entity)s
    and (a.external_id = s.external_id or (s.external_id is null and a.number = s.number));
