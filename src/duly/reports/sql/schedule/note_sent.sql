-- What went out.
update reports_sending set sent_at = %(at)s, rows = %(rows)s, sha256 = %(sha256)s
where entity_id = %(entity)s and id = %(id)s;
