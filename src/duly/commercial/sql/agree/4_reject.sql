-- A staged agreement that cannot be taken names the rule it breaks, its own or its first bad line's.
update staged_agreement as s
set problem = p.problem, about = p.about
from (
    select o.place,
        case
            when o.account_id is null then 'account_unknown'
            when a.state = 'closed' then 'account_closed'
            when o.starts_on is null then 'start_missing'
            when o.ends_on < o.starts_on or o.trial_ends_on < o.starts_on then 'ends_before_start'
            when o.anchor_kind not in ('calendar', 'anniversary') or o.anchor_day not between 1 and 31
                then 'anchor_unknown'
            when o.interval_unit not in ('month', 'day', 'once') or o.interval_count not between 1 and 1200
                then 'interval_unknown'
            when o.timing not in ('advance', 'arrears') then 'timing_unknown'
            when o.proration not in ('day', 'none') then 'proration_unknown'
            when row_number() over (partition by o.external_id order by o.place) > 1 and o.external_id is not null
                then 'external_id_twice'
            when row_number() over (partition by o.number order by o.place) > 1 or taken.id is not null
                then 'number_taken'
            when t.lines is null then 'no_lines'
            else t.problem
        end as problem,
        case
            when o.account_id is null then coalesce(o.account_number, o.account_external_id, '')
            when t.problem is not null then 'line ' || t.line
            else coalesce(o.external_id, o.number, '')
        end as about
    from staged_agreement as o
    left join receivables_account as a on a.entity_id = %(entity)s and a.id = o.account_id
    left join commercial_agreement as taken
        on taken.entity_id = %(entity)s and taken.number = o.number and not o.repeated
    left join (
        select place, count(*) as lines,
            (array_agg(problem order by line) filter (where problem is not null))[1] as problem,
            min(line) filter (where problem is not null) as line
        from staged_term group by place) as t on t.place = o.place
    where not o.repeated) as p
where p.place = s.place and p.problem is not null;
