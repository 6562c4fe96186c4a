-- The age has this rate from the day on.
insert into collections_loss_rate (entity_id, bucket, valid_from, rate)
values (%(entity)s, %(bucket)s, %(valid_from)s, %(rate)s)
on conflict (entity_id, bucket, valid_from) do update set rate = excluded.rate;
