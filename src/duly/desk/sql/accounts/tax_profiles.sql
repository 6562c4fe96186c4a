-- The tax profiles the entity's rules know.
select distinct tax_profile from catalog_tax_rule where entity_id = %(entity)s order by tax_profile;
