-- All entities, or the one asked for.
select e.id, e.public_id, e.code, e.name, e.legal_name, e.country, e.vat_id, e.tax_number, e.register, e.email, e.phone,
    e.website, e.currency, e.zone, e.language, e.is_demo, e.created_at, e.address
from access_entity as e
where %(entity)s::int is null or e.id = %(entity)s
order by e.id;
