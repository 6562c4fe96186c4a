-- Accounts by number, by the customer's number elsewhere, or by how their name begins, each through its index.
with found as (
    (select a.id, 1 as rank from receivables_account as a
        where a.entity_id = %(entity)s and (a.number = upper(%(q)s) or a.number = any(%(padded)s::text[])) limit 5)
    union all
    (select a.id, 2 from receivables_account as a where a.entity_id = %(entity)s and a.external_id = %(q)s limit 5)
    union all
    (select a.id, 3 from receivables_account as a
        join parties_party as p on p.entity_id = a.entity_id and p.id = a.party_id
        where p.entity_id = %(entity)s and p.external_id = %(q)s limit 5)
    union all
    (select a.id, 4 from receivables_account as a
        where a.entity_id = %(entity)s and a.search_name like %(prefix)s
        order by a.search_name using ~<~, a.id limit %(limit)s)
)
select a.id, a.number, a.name, a.currency, a.state,
    coalesce((select sum(i.open_minor) from receivables_item as i
        where i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor <> 0
            and i.currency = a.currency), 0)::bigint as balance_minor
from (select id, min(rank) as rank from found group by id) as f
join receivables_account as a on a.entity_id = %(entity)s and a.id = f.id
order by f.rank, a.search_name, a.id
limit %(limit)s;
