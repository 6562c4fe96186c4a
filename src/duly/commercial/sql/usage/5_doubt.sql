-- Days before today that got new events are in doubt: they may be billed already.
update commercial_agreement as a
set recheck_from = s.on_day, version = a.version + 1
from (
    select agreement_id, min(on_day) as on_day
    from staged_usage
    where problem is null and not repeated and agreement_id is not null
        and (on_day < %(today)s or exists (
            select from commercial_term as t
            join invoicing_line as l
                on l.entity_id = %(entity)s and l.source_id = t.id and l.source_kind = 'usage'
                and l.period_to > on_day
            where t.entity_id = %(entity)s and t.account_id = staged_usage.account_id
                and t.agreement_id = staged_usage.agreement_id and t.meter = staged_usage.meter))
    group by agreement_id) as s
where a.entity_id = %(entity)s and a.id = s.agreement_id and (a.recheck_from is null or a.recheck_from > s.on_day);
