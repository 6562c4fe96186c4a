-- Every staged part has its amount (the whole line unless said), its receipt and its day: the day the bank booked,
-- not before the line was last taken back, and today where that day is closed.
update staged_placement as s
set amount_minor = coalesce(s.amount_minor, l.amount_minor),
    receipt_id = case when s.kind in ('receipt', 'return', 'refund') then nextval('payments_receipt_id_seq') end,
    posted_on = case
        when exists (
            select 1 from ledger_period as p
            where p.entity_id = l.entity_id and p.state = 'open' and d.day between p.starts_on and p.ends_on)
            then d.day
        else greatest(d.day, %(today)s::date) end
from banking_line as l
cross join lateral (
    select greatest(l.booked_on, max(u.undone_on)) as day
    from banking_placement as u
    where u.entity_id = l.entity_id and u.line_id = l.id
) as d
where l.entity_id = %(entity)s and l.id = s.line_id;
