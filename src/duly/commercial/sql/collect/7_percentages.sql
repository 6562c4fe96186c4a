-- A percentage without a meter is taken of the agreement's other recurring lines within its period.
with base as (
    select w.charge_key, coalesce(sum(o.net_minor), 0) as base_minor
    from commercial_wanted as w
    join commercial_due as d on d.term_id = w.term_id and d.model = 'percentage' and d.meter is null
    left join (
        select v.* from commercial_wanted as v
        join commercial_due as e on e.term_id = v.term_id
        where v.period_from is not null and e.model <> 'minimum' and not (e.model = 'percentage' and e.meter is null)
    ) as o on o.agreement_id = w.agreement_id and o.period_from >= w.period_from and o.period_to <= w.period_to
        and o.covered_from >= w.covered_from and o.covered_from < w.covered_to
    group by w.charge_key)
update commercial_wanted as w
set base_minor = b.base_minor, net_minor = round(b.base_minor * d.percentage / 100)::bigint
from base as b, commercial_due as d
where w.charge_key = b.charge_key and d.term_id = w.term_id;
