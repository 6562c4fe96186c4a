-- Agreements with a minimum or a percentage of their other lines look at all lines from the first period of those on.
update commercial_due as d
set first_on = w.first_on, skip = 0
from (
    select agreement_id, min(commercial_boundary(unit, count, phase, anchor_day,
        commercial_period_no(unit, count, phase, anchor_day, first_on) + skip)) as first_on
    from commercial_due
    where unit <> 'once' and (model = 'minimum' or (model = 'percentage' and meter is null))
    group by agreement_id) as w
where d.agreement_id = w.agreement_id and d.unit <> 'once'
    and not (d.model = 'minimum' or (d.model = 'percentage' and d.meter is null))
    and commercial_boundary(d.unit, d.count, d.phase, d.anchor_day,
        commercial_period_no(d.unit, d.count, d.phase, d.anchor_day, d.first_on) + d.skip) > w.first_on;
