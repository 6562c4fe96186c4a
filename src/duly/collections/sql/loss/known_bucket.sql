-- Whether an age is known.
select exists (select 1 from collections_loss_rate where entity_id = %(entity)s and bucket = %(bucket)s);
