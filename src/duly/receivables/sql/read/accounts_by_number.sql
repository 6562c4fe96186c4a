-- A page of accounts in order of number with what each owes today; numbers are found by their beginning.
with page as (
    select a.id, a.number, a.name, a.currency, a.state, a.owner_id
    from receivables_account as a
    where a.entity_id = %(entity)s
        and (%(state)s::text is null or a.state = %(state)s)
        and (%(owner)s::bigint is null or a.owner_id = %(owner)s)
        and (%(prefix)s::text is null or a.number like %(prefix)s)
        and (%(after_key)s::text is null or a.number > %(after_key)s)
        -- Asked account by account in key order until the page is full: as a join it would read every open item.
        and (not %(past_due_only)s or (
            select true from receivables_item as i
            where i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor > 0 and i.open_minor <> 0
                and i.due_on < %(today)s
            limit 1))
        and (not %(held_only)s or a.id = any(array(
            select h.account_id from receivables_hold as h
            where h.entity_id = %(entity)s and h.released_at is null)))
    order by a.number, a.id
    limit %(limit)s
)
select page.id, page.number, page.name, page.number as sort_key, page.currency, page.state, page.owner_id,
    coalesce(owed.balance_minor, 0) as balance_minor, coalesce(owed.past_due_minor, 0) as past_due_minor,
    owed.oldest_due_on, coalesce(owed.open_items, 0) as open_items,
    exists (
        select 1 from receivables_hold as h
        where h.entity_id = %(entity)s and h.account_id = page.id and h.released_at is null) as held
from page
left join lateral (
    select sum(i.open_minor)::bigint as balance_minor,
        sum(i.open_minor) filter (where i.open_minor > 0 and i.due_on < %(today)s)::bigint as past_due_minor,
        min(i.due_on) filter (where i.open_minor > 0) as oldest_due_on,
        count(*) as open_items
    from receivables_item as i
    where i.entity_id = %(entity)s and i.account_id = page.id and i.open_minor <> 0 and i.currency = page.currency
) as owed on true
order by page.number, page.id;
