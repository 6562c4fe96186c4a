-- Work that came back from pend and was left, or is late beyond what its policy bears, is shown to the coordinator.
with policies as (
    select p.kind, p.escalate_after_days
    from jsonb_to_recordset(%(policies)s::jsonb) as p (kind text, escalate_after_days int)
),
cuts as (
    select n.days, max(d.day)::date as cut_on
    from (select distinct escalate_after_days as days from policies) as n
    cross join generate_series(%(today)s::date - 90, %(today)s::date - 1, interval '1 day') as d (day)
    where office_business_day(%(entity)s, d.day::date, n.days) < %(today)s::date
    group by n.days
),
left_alone as (
    select w.id, 'It is late' as why
    from policies as p
    join cuts as c on c.days = p.escalate_after_days
    join office_work as w on w.entity_id = %(entity)s and w.kind = p.kind and w.state in ('open', 'claimed')
        and w.place < office_place(c.cut_on + 1, 9000000000000000, 'EUR', date '1900-01-01')
    where w.escalated_on is null
    union all
    select w.id, 'It came back from pend and was left'
    from policies as p
    join cuts as c on c.days = p.escalate_after_days
    join office_work as w on w.entity_id = %(entity)s and w.kind = p.kind and w.state = 'claimed'
        and w.returned_on <= c.cut_on
    where w.escalated_on is null
),
chosen as (
    select w.id, l.why
    from office_work as w
    join (select id, max(why) as why from left_alone group by id) as l on l.id = w.id
    where w.entity_id = %(entity)s and w.state in ('open', 'claimed')
    order by w.id
    for update of w skip locked
)
update office_work as w
set escalated_on = %(today)s, escalated_why = chosen.why
from chosen
where w.entity_id = %(entity)s and w.id = chosen.id;
