-- Every staged person belongs to the party of the account named.
insert into staged_contact (party_id, name, email, phone, duty, language)
select a.party_id, s.name, s.email, s.phone, s.duty, s.language
from staged_import as s
join receivables_account as a
    on a.entity_id = %(entity)s and (a.external_id = s.customer or (a.number = s.customer and a.external_id is distinct from s.customer));
