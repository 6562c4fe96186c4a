-- A minimum bills what the agreement's recurring lines within its period fall short of it; where versions of the
-- minimum share a period their shares by days add up, and the last one bills the shortfall.
with share as (
    select w.charge_key, w.agreement_id, w.line, w.period_from, w.period_to, w.covered_from,
        case when d.proration = 'none' then d.minimum_minor
            else commercial_prorated(d.minimum_minor, w.period_from, w.period_to, w.covered_from, w.covered_to,
                w.pieces) end as share_minor
    from commercial_wanted as w
    join commercial_due as d on d.term_id = w.term_id and d.model = 'minimum'
), whole as (
    select s.charge_key, s.agreement_id, s.period_from, s.period_to,
        sum(s.share_minor) over (partition by s.agreement_id, s.line, s.period_from) as minimum_minor,
        s.covered_from = max(s.covered_from) over (partition by s.agreement_id, s.line, s.period_from) as bills
    from share as s
), base as (
    select w.charge_key, coalesce(sum(o.net_minor), 0) as base_minor
    from whole as w
    left join (
        select v.agreement_id, v.period_from, v.period_to, v.net_minor
        from commercial_wanted as v
        join commercial_due as e on e.term_id = v.term_id and e.model <> 'minimum'
        where v.period_from is not null
    ) as o on o.agreement_id = w.agreement_id and o.period_from >= w.period_from and o.period_to <= w.period_to
    group by w.charge_key
)
update commercial_wanted as w
set base_minor = b.base_minor, minimum_minor = s.minimum_minor, quantity = 1,
    net_minor = case when s.bills then greatest(0, s.minimum_minor - b.base_minor) else 0 end
from whole as s
join base as b on b.charge_key = s.charge_key
where w.charge_key = s.charge_key;
