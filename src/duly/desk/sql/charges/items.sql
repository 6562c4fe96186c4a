-- What can be charged for: the items of the catalog by code.
select code, name, unit from catalog_item where entity_id = %(entity)s and active order by code limit 500;
