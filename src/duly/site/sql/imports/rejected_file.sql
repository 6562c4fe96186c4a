-- Where the rejected rows of a batch lie.
select nullif(rejected_file, '') from access_import_batch where entity_id = %(entity)s and id = %(batch)s;
