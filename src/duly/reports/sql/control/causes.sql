-- What the causes of differences were that were settled between two days; two together count half each.
select u.cause, c.currency, count(*)::int as cases, sum(c.amount_minor / cardinality(c.causes))::bigint as minor,
    count(distinct c.account_id)::int as accounts
from (
    select c.*, string_to_array(c.cause, '+') as causes
    from matching_case as c
    where c.entity_id = %(entity)s and c.state <> 'open' and c.cause <> '' and c.resolved_on between %(from_on)s and %(to_on)s
) as c
cross join unnest(c.causes) as u (cause)
group by u.cause, c.currency
order by 4 desc, 1;
