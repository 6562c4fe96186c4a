-- Entries that break a rule of their own: fewer than two lines, no head, another day than their head, or uneven.
-- One pass in key order; entries in several currencies are looked at again, currency by currency.
with summed as (
    select p.entry_id, count(*) as lines, sum(p.amount_minor) as off_by, min(p.currency) <> max(p.currency) as mixed,
        min(p.effective_on) as first_on, max(p.effective_on) as last_on
    from ledger_posting as p
    where p.entity_id = %(entity)s
    group by p.entry_id
),
suspect as materialized (
    select coalesce(e.id, s.entry_id) as entry_id, e.id, s.lines, s.off_by, s.mixed,
        s.first_on <> e.effective_on or s.last_on <> e.effective_on as other_day
    from summed as s
    full join (select id, effective_on from ledger_entry where entity_id = %(entity)s) as e on e.id = s.entry_id
    where e.id is null or s.lines is null or s.lines < 2 or s.off_by <> 0 or s.mixed
        or s.first_on <> e.effective_on or s.last_on <> e.effective_on
)
select entry_id,
    case
        when id is null then 'its postings have no entry'
        when lines is null or lines < 2 then 'it has fewer than two lines'
        when other_day then 'a posting carries another day than the entry'
        else 'it does not balance in each currency'
    end as detail
from suspect as s
where id is null or lines is null or lines < 2 or other_day
    or (not mixed and off_by <> 0)
    or exists (
        select 1 from ledger_posting as p
        where p.entity_id = %(entity)s and p.entry_id = s.entry_id
        group by p.currency having sum(p.amount_minor) <> 0)
limit 100;
