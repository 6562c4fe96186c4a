-- A rule gives no more work to anybody.
update office_rule set active = false, version = version + 1
where entity_id = %(entity)s and id = %(id)s and active
returning name;
