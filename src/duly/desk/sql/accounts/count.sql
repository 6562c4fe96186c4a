-- How many accounts fit, counted no further than 10,001.
select count(*) from (
    select 1 from receivables_account as a
    where a.entity_id = %(entity)s
        and (%(state)s::text is null or a.state = %(state)s)
        and (%(owner)s::bigint is null or a.owner_id = %(owner)s)
        and (%(prefix)s::text is null or a.search_name like %(prefix)s)
    limit 10001) as found;
