-- Agreements by their number, or of customers whose name begins so, newest first; each through its index.
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
select id from found where id < %(before)s order by id desc limit %(limit)s;
