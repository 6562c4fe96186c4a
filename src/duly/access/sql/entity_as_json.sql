-- An entity's own words as one JSON object.
select to_jsonb(e) from access_entity as e where e.id = %(entity)s;
