-- Money or credit of the same account that is not spoken for: it pays before anything is written off.
select i.account_id, -sum(i.open_minor)::bigint as minor, i.currency
from receivables_item as i
where i.entity_id = %(entity)s and i.open_minor < 0
    and i.account_id in (select account_id from staged_write_off where side > 0)
    and not exists (
        select 1 from receivables_on_account as o
        where o.entity_id = i.entity_id and o.item_id = i.id and o.released_at is null)
group by i.account_id, i.currency
order by i.account_id
limit 1;
