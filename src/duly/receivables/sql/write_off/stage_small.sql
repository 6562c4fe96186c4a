-- Remainders within the rule are staged: small and old enough, on accounts that are not held, of which nothing lies on
-- the other side, and which have no more of them together than the limit.
with small as (
    select i.id, i.account_id, abs(i.open_minor) as minor
    from receivables_item as i
    join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
    where i.entity_id = %(entity)s and i.currency = %(currency)s and i.open_minor <> 0
        and i.open_minor between -%(limit)s::bigint and %(limit)s::bigint
        and i.due_on <= %(today)s::date - %(days)s::int and i.issued_on <= %(today)s
        and not exists (
            select 1 from receivables_hold as h
            where h.entity_id = i.entity_id and h.account_id = i.account_id and h.released_at is null)
        and not exists (
            select 1 from receivables_on_account as o
            where o.entity_id = i.entity_id and o.item_id = i.id and o.released_at is null)
        and not exists (
            select 1 from receivables_item as x
            where x.entity_id = i.entity_id and x.account_id = i.account_id and x.open_minor <> 0
                and sign(x.open_minor) <> sign(i.open_minor))
),
few as (
    select account_id from small group by account_id having sum(minor) <= %(limit)s
)
insert into staged_write_off (item_id)
select s.id from small as s join few as f on f.account_id = s.account_id
order by s.id;
