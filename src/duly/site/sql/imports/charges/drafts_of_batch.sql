-- The drafts a batch brought in that are still drafts.
select array_agg(id order by id) from invoicing_charge where entity_id = %(entity)s and import_batch_id = %(batch)s;
