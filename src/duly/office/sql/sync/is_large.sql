-- Whether more is held, or waits as work, than an act should bring in line by itself.
select (select count(*) from (select 1 from staged_held limit %(most)s + 1) as x) > %(most)s
    or (select count(*) from (
        select 1 from office_work as w
        where w.entity_id = %(entity)s and w.kind = any(%(kinds)s::text[]) and w.state in ('open', 'claimed', 'pended')
            and (%(accounts)s::bigint[] is null or w.account_id = any(%(accounts)s::bigint[]))
            and (%(ids)s::bigint[] is null or w.subject_id = any(%(ids)s::bigint[]))
        limit %(most)s + 1) as x) > %(most)s;
