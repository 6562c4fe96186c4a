-- What the staged lines of each statement add up to, and how much of them is on record.
select l.place, count(*) as lines, sum(l.amount_minor)::bigint as sum_minor,
    count(o.known_id) as known,
    count(*) filter (where o.known_in = 'chained') as known_chained,
    coalesce(sum(l.amount_minor) filter (where o.known_in = 'chained'), 0)::bigint as known_chained_minor,
    min(l.booked_on) as first_on, max(l.booked_on) as last_on
from staged_bank_line as l
join staged_bank_ordinal as o on o.line_no = l.line_no
group by l.place
order by l.place;
