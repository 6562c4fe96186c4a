-- Open cases belong to a person.
update matching_case set owner_id = %(owner)s, version = version + 1
where entity_id = %(entity)s and id = any(%(ids)s) and state = 'open' and owner_id is distinct from %(owner)s;
