-- How many lines and how much money stand in each state of the desk; open lines not looked at yet count as new.
select state, currency, count(*) as lines, sum(amount_minor)::bigint as amount_minor,
    count(*) filter (where method = 'rule') as by_rule
from (
    select case when r.line_id is null or r.state = 'done' then 'new' else r.state end as state, l.currency, l.amount_minor,
        '' as method
    from banking_line as l
    left join matching_result as r on r.entity_id = l.entity_id and r.line_id = l.id
    where l.entity_id = %(entity)s and l.state = 'open'
    union all
    select 'done', currency, amount_minor, method
    from matching_result
    where entity_id = %(entity)s and state = 'done' and (%(since)s::date is null or booked_on >= %(since)s)
) as standing
group by state, currency
order by state, currency;
