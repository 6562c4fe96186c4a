-- Each line of an agreement taken is there in its first version.
insert into commercial_term (
    entity_id, id, agreement_id, account_id, line, line_since, valid_from, valid_to, item_id, description, model,
    quantity, unit_price, package_size, percentage, minimum_minor, meter, aggregate, included_quantity,
    interval_unit, interval_count, phase, anchor_day, timing, recorded_at)
select
    %(entity)s, t.term_id, s.agreement_id, s.account_id, t.line, t.valid_from, t.valid_from, t.valid_to, t.item_id,
    t.description, t.model, case t.model when 'flat' then 1 else t.quantity end, t.unit_price, t.package_size,
    t.percentage, t.minimum_minor, t.meter, t.aggregate, t.included_quantity, t.interval_unit, t.interval_count,
    case t.interval_unit when 'once' then 0
        else commercial_phase(t.interval_unit, t.interval_count, s.anchor_kind, s.anchor_on) end,
    s.anchor_day, t.timing, %(at)s
from staged_term as t
join staged_agreement as s on s.place = t.place
where s.problem is null and not s.repeated
order by s.account_id, s.agreement_id, t.line;
