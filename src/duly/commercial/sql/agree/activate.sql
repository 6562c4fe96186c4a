-- These drafts are in force.
update commercial_agreement
set state = 'active', version = version + 1
where entity_id = %(entity)s and id = any(%(ids)s) and state = any(%(sources)s);
