-- Open cases that nobody has thought about since they moved, or not for a day, oldest first.
select id from matching_case
where entity_id = %(entity)s and state = 'open' and (analysed_at is null or analysed_at < %(stale)s)
    and (%(cases)s::bigint[] is null or id = any(%(cases)s))
order by id
limit %(limit)s;
