-- The rate of each age on a day.
select distinct on (bucket) bucket, rate from collections_loss_rate
where entity_id = %(entity)s and valid_from <= %(on)s
order by bucket, valid_from desc;
