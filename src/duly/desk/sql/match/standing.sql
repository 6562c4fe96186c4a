-- How many lines and how much money wait in each state; of those done, the ones booked since a day, counted to a cap.
select state, method, currency, count(*) as lines, sum(amount_minor)::bigint as amount_minor, min(booked_on) as oldest_on
from (
    select case when r.line_id is null or r.state = 'done' then 'new' else r.state end as state, '' as method, l.currency,
        l.amount_minor, l.booked_on
    from banking_line as l
    left join matching_result as r on r.entity_id = l.entity_id and r.line_id = l.id
    where l.entity_id = %(entity)s and l.state = 'open'
    union all
    (select 'done', r.method, r.currency, r.amount_minor, r.booked_on
    from matching_result as r
    where r.entity_id = %(entity)s and r.state = 'done' and r.booked_on >= %(since)s
    order by r.booked_on desc
    limit 10000)
) as standing
group by state, method, currency
order by state, method, currency;
