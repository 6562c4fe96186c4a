-- Promises by the month they were promised for, and what came of them.
select to_char(p.promised_on, 'YYYY-MM') as month, p.currency, count(*)::int as made,
    (count(*) filter (where p.state = 'kept'))::int as kept, (count(*) filter (where p.state = 'broken'))::int as broken,
    (count(*) filter (where p.state = 'open'))::int as open, (count(*) filter (where p.state = 'withdrawn'))::int as withdrawn,
    sum(p.amount_minor)::bigint as promised_minor,
    coalesce(sum(p.amount_minor) filter (where p.state = 'kept'), 0)::bigint as kept_minor,
    round(100.0 * count(*) filter (where p.state = 'kept')
        / nullif(count(*) filter (where p.state in ('kept', 'broken')), 0), 1) as kept_percent
from collections_promise as p
where p.entity_id = %(entity)s and p.promised_on between %(from_on)s and %(to_on)s and p.made_on <= %(to_on)s
group by 1, 2
order by 1, 2;
