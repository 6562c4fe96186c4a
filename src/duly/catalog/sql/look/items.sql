-- Items by code after a cursor, those whose code or name holds the words asked for.
select id, code, name, description, names, unit, tax_class, revenue_account, active
from catalog_item
where entity_id = %(entity)s and code > %(after)s and (id = %(id)s::bigint or %(id)s::bigint is null)
    and (%(q)s::text is null or code ilike %(q)s or name ilike %(q)s)
order by code
limit %(limit)s;
