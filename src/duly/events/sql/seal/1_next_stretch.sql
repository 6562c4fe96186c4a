-- Where the chain ends and up to which transaction the next block may reach: never past one still running, and so
-- that it holds about so many events as asked (a single larger transaction is never cut).
with bounds as (
    select coalesce((select max(xid_to) from events_block), '0'::xid8) as xid_from,
        pg_snapshot_xmin(pg_current_snapshot()) as xid_end
),
cut as (
    select e.xid
    from bounds as b
    join lateral (
        select f.xid from events_event as f
        where f.xid >= b.xid_from and f.xid < b.xid_end
        order by f.xid offset %(most)s limit 1) as e on true
),
after_cut as (
    select min(e.xid) as xid
    from bounds as b, cut as c, events_event as e
    where e.xid > c.xid and e.xid < b.xid_end
        and c.xid = (select min(f.xid) from events_event as f where f.xid >= b.xid_from and f.xid < b.xid_end)
)
select b.xid_from::text,
    coalesce(
        (select xid from after_cut),
        (select c.xid from cut as c
            where c.xid > (select min(f.xid) from events_event as f where f.xid >= b.xid_from and f.xid < b.xid_end)),
        b.xid_end)::text as xid_to,
    (b.xid_end < b.xid_from) as restarted,
    exists (select 1 from events_event as e where e.xid >= b.xid_from and e.xid < b.xid_end) as any_rows
from bounds as b;
