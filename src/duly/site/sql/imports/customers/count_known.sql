-- How many of the staged customers have an account already.
select count(*)
from staged_import as s
join receivables_account as a on a.entity_id = %(entity)s and a.external_id = s.customer;
