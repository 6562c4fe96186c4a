-- What a committed batch brought in.
select kind from access_import_batch where entity_id = %(entity)s and id = %(batch)s and state = 'committed';
