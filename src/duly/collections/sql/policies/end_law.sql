-- The rule of before ends the day the new one begins.
update collections_law set valid_to = %(on)s
where entity_id = %(entity)s and pack = %(pack)s and code = %(code)s and valid_to is null and valid_from < %(on)s;
