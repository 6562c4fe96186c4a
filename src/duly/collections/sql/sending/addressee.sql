-- Whose account it is.
select a.party_id, e.zone
from receivables_account as a
join access_entity as e on e.id = a.entity_id
where a.entity_id = %(entity)s and a.id = %(account)s;
