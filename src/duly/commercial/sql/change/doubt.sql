-- What was billed of these agreements from a day on is in doubt.
update commercial_agreement
set recheck_from = least(recheck_from, %(from_on)s), version = version + 1
where entity_id = %(entity)s and id = any(%(ids)s);
