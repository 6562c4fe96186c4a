-- What stands around every screen: the office's name, this month's period, and what waits, each count capped.
select e.name as office,
    (select p.state from ledger_period as p
        where p.entity_id = e.id and %(today)s between p.starts_on and p.ends_on) as period_state,
    (select p.state from ledger_period as p
        where p.entity_id = e.id and (date_trunc('month', %(today)s::date) - interval '1 day')::date
            between p.starts_on and p.ends_on
            -- A month from before the books needs no close.
            and exists (select 1 from ledger_daily as d
                where d.entity_id = p.entity_id and d.on_day between p.starts_on and p.ends_on)) as former_state,
    (select count(*) from (select 1 from banking_line as l where l.entity_id = e.id and l.state = 'open' limit 1000) as x)
        as to_match,
    (select count(*) from (select 1 from invoicing_surprise as s
        where s.entity_id = e.id and s.state in ('open', 'held') limit 1000) as x) as to_decide,
    (select count(*) from (select 1 from matching_case as c
        where c.entity_id = e.id and c.state = 'open' and c.waiting_on = 'us'
            and (c.owner_id = %(user)s or c.owner_id is null) limit 1000) as x) as to_settle,
    (select count(*) from unnest(%(kinds)s::text[]) as k (kind)
        cross join lateral (select 1 from office_work as w
            where w.entity_id = e.id and coalesce(w.owner_id, 0) = %(user)s and w.kind = k.kind
                and w.state in ('open', 'claimed')
                and w.place < office_place(%(today)s::date + 1, 9000000000000000, 'EUR', date '1900-01-01')
            limit 1000) as x) as work_due,
    (select count(*) from invoicing_run as r where r.entity_id = e.id and r.state = 'planned') as runs_planned,
    (select count(*) from banking_statement as b
        where b.entity_id = e.id and b.state = 'quarantined') as quarantined
from access_entity as e
where e.id = %(entity)s;
