-- Every staged row is about to be a usage event.
insert into staged_usage (place, external_id, meter, account_id, agreement_number, at, quantity, unique_key)
select s.line, s.external_id, s.meter, a.id, s.agreement, s.at, s.quantity, s.unique_key
from staged_import as s
join receivables_account as a
    on a.entity_id = %(entity)s and (a.external_id = s.customer or (a.number = s.customer and a.external_id is distinct from s.customer));
