-- Lines with many periods in a row that held nothing to bill are not asked for those again.
update commercial_term as t
set quiet_from = q.quiet_from
from (
    select w.term_id, max(w.period_from) as quiet_from
    from commercial_wanted as w
    left join (
        select term_id, min(period_from) as period_from
        from commercial_wanted
        where net_minor is distinct from 0 and not settled
        group by term_id) as loud on loud.term_id = w.term_id
    where w.net_minor = 0 and (loud.period_from is null or w.period_from < loud.period_from)
    group by w.term_id
    having count(*) >= %(enough)s) as q
where t.entity_id = %(entity)s and t.account_id between %(first)s and %(last)s and t.id = q.term_id
    and (t.quiet_from is null or t.quiet_from < q.quiet_from);
