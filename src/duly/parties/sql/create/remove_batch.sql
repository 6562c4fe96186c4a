-- The parties a batch brought in are gone.
delete from parties_party where entity_id = %(entity)s and import_batch_id = %(batch)s;
