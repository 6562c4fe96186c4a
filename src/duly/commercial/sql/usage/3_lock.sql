-- The agreements used are ours until commit, in id order, so that a plan either sees these events or waits for them.
select id from commercial_agreement
where entity_id = %(entity)s and id in (
    select agreement_id from staged_usage where problem is null and not repeated and on_day < %(today)s)
order by id
for update;
