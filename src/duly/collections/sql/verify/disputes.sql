-- Items of which more is disputed than they ever came to.
select 'collections.dispute' as check, 'item ' || d.item_id as subject, 'disputed ' || d.minor || ' of ' || coalesce(i.amount_minor, 0) as detail
from (
    select item_id, sum(amount_minor) as minor from collections_dispute
    where entity_id = %(entity)s and state = 'open' group by item_id
) as d
left join receivables_item as i on i.entity_id = %(entity)s and i.id = d.item_id
where i.id is null or d.minor > i.amount_minor
limit 100;
