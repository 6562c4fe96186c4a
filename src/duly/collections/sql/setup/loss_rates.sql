-- Each age has a rate of expected loss.
insert into collections_loss_rate (entity_id, bucket, valid_from, rate)
select %(entity)s, bucket, %(valid_from)s, rate::numeric
from unnest(%(buckets)s::text[], %(rates)s::text[]) as r (bucket, rate)
on conflict do nothing;
