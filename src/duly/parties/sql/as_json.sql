-- A party as JSON, for the record of what it was before a change.
select to_jsonb(p) from parties_party as p where p.entity_id = %(entity)s and p.id = %(id)s;
