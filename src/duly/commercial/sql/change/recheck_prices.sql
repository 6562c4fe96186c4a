-- Agreements with a line that follows the list price of one of these items are in doubt from the day of the new price.
update commercial_agreement as a
set recheck_from = least(a.recheck_from, t.from_on), version = a.version + 1
from (
    select t.agreement_id, min(greatest(p.from_on, t.valid_from)) as from_on
    from commercial_term as t
    join (select unnest(%(item_ids)s::bigint[]) as item_id, unnest(%(days)s::date[]) as from_on) as p
        on p.item_id = t.item_id
    where t.entity_id = %(entity)s and t.unit_price is null and (t.valid_to is null or t.valid_to > p.from_on)
    group by t.agreement_id) as t
where a.entity_id = %(entity)s and a.id = t.agreement_id and a.state = 'active';
