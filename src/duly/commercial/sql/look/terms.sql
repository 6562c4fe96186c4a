-- Every version of every line of an agreement that holds a day, line by line, oldest first, with its steps.
select t.id, t.line, t.valid_from, t.valid_to, i.code as item, i.name as item_name, i.unit, t.description, t.model,
    t.quantity, t.unit_price, t.package_size, t.percentage, t.minimum_minor, t.meter, t.aggregate,
    t.included_quantity, t.interval_unit, t.interval_count, t.timing, t.amendment_id, t.recorded_at,
    coalesce((
        select jsonb_agg(jsonb_build_object('up_to', s.up_to, 'unit_price', s.unit_price, 'flat_price', s.flat_price)
            order by s.step)
        from commercial_tier as s where s.entity_id = t.entity_id and s.term_id = t.id), '[]')::json as tiers
from commercial_term as t
join catalog_item as i on i.entity_id = t.entity_id and i.id = t.item_id
where t.entity_id = %(entity)s and t.account_id = %(account)s and t.agreement_id = %(agreement)s
    and (t.valid_to is null or t.valid_to > t.valid_from)
order by t.line, t.valid_from;
