-- Agreements by their number, or of customers whose name begins so, newest first; each through its index. Narrowed by
-- how they stand on a day and by words of their name.
with found as (
    (select a.id from commercial_agreement as a where a.entity_id = %(entity)s and a.number = upper(%(q)s))
    union
    (select a.id
    from (
        select r.id from receivables_account as r
        where r.entity_id = %(entity)s and (r.search_name like %(prefix)s or r.number = upper(%(q)s))
        order by r.search_name using ~<~, r.id
        limit 500) as c
    join commercial_agreement as a on a.entity_id = %(entity)s and a.account_id = c.id)
)
select a.id
from found
join commercial_agreement as a on a.entity_id = %(entity)s and a.id = found.id
where a.id < %(before)s and a.state <> 'withdrawn'
    and (%(account)s::bigint is null or a.account_id = %(account)s)
    and (%(words)s::text is null or a.name ilike %(words)s)
    and (%(standing)s::text is null or %(standing)s = case
        when a.starts_on > %(today)s then 'to_come'
        when a.ends_on <= %(today)s then 'ended'
        else 'in_force' end)
order by a.id desc
limit %(limit)s;
