-- The line goes on in a new version that says what changed and keeps what did not.
insert into commercial_term (
    entity_id, id, agreement_id, account_id, line, line_since, valid_from, valid_to, item_id, description, model,
    quantity, unit_price, package_size, percentage, minimum_minor, meter, aggregate, included_quantity, interval_unit,
    interval_count, phase, anchor_day, timing, amendment_id, recorded_at)
select
    %(entity)s, s.term_id, t.agreement_id, t.account_id, t.line,
    t.line_since, s.from_on,
    case when s.replace_later then null else s.next_from end,
    t.item_id, t.description, t.model, coalesce(s.quantity, t.quantity),
    case when not s.price_from_list then coalesce(s.unit_price, t.unit_price) end,
    t.package_size, coalesce(s.percentage, t.percentage), coalesce(s.minimum_minor, t.minimum_minor),
    t.meter, t.aggregate, coalesce(s.included_quantity, t.included_quantity), t.interval_unit, t.interval_count,
    t.phase, t.anchor_day, t.timing, s.amendment_id, %(at)s
from staged_amendment as s
join commercial_term as t on t.entity_id = %(entity)s and t.id = s.old_term_id
where not s.ends;
