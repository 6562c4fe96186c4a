-- Days that got new events are in doubt where they are past, or where their period is drafted, billed or quiet already.
update commercial_agreement as a
set recheck_from = s.on_day, version = a.version + 1
from (
    select u.agreement_id, min(u.on_day) as on_day
    from staged_usage as u
    where u.problem is null and not u.repeated and u.agreement_id is not null
        and (u.on_day < %(today)s or exists (
            select from commercial_term as t
            where t.entity_id = %(entity)s and t.account_id = u.account_id and t.agreement_id = u.agreement_id
                and t.meter = u.meter
                and (t.quiet_from + t.interval_count * case t.interval_unit when 'month' then 31 else 1 end > u.on_day
                    or exists (
                        select from invoicing_charge as c
                        where c.entity_id = %(entity)s and c.account_id = u.account_id and c.dismissed_by is null
                            and c.source_id = t.id and c.source_kind = 'usage' and c.period_to > u.on_day)
                    or exists (
                        select from invoicing_line as l
                        where l.entity_id = %(entity)s and l.source_id = t.id and l.source_kind = 'usage'
                            and l.period_to > u.on_day))))
    group by u.agreement_id) as s
where a.entity_id = %(entity)s and a.id = s.agreement_id and (a.recheck_from is null or a.recheck_from > s.on_day);
