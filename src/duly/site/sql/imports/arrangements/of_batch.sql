-- The agreements a batch brought in.
select array_agg(id order by id) from commercial_agreement where entity_id = %(entity)s and import_batch_id = %(batch)s;
