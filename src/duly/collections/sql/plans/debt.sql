-- What is open of the items of the account, and how many of them rest already.
select coalesce(sum(i.open_minor), 0)::bigint as minor, count(*) as items, count(distinct i.currency) as currencies,
    min(i.currency) as currency,
    count(*) filter (where exists (
        select 1 from collections_plan_item as t
        where t.entity_id = i.entity_id and t.item_id = i.id and t.active)
        or exists (
        select 1 from collections_handover_item as h
        where h.entity_id = i.entity_id and h.item_id = i.id and h.active)
        or exists (
        select 1 from collections_dispute as d
        where d.entity_id = i.entity_id and d.item_id = i.id and d.state = 'open')) as busy
from receivables_item as i
where i.entity_id = %(entity)s and i.account_id = %(account)s and i.id = any(%(items)s) and i.open_minor > 0;
