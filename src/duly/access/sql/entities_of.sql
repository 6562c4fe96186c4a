-- The entities a person works in.
select e.id, e.public_id, e.code, e.name, e.legal_name, e.country, e.vat_id, e.tax_number, e.register, e.email, e.phone,
    e.website, e.currency, e.zone, e.language, e.is_demo, e.created_at, e.address
from access_entity as e
where exists (select 1 from access_membership as m where m.entity_id = e.id and m.user_id = %(user)s)
order by e.id;
