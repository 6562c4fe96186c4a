-- Lines that are new are there from their day.
insert into commercial_term (
    entity_id, id, agreement_id, account_id, line, line_since, valid_from, item_id, description, model, quantity,
    unit_price, package_size, percentage, minimum_minor, meter, aggregate, included_quantity, interval_unit,
    interval_count, phase, anchor_day, timing, amendment_id, recorded_at)
select
    %(entity)s, s.term_id, a.id, a.account_id, s.line, s.from_on, s.from_on, t.item_id, t.description, t.model,
    case t.model when 'flat' then 1 else t.quantity end, t.unit_price, t.package_size, t.percentage,
    t.minimum_minor, t.meter, t.aggregate, t.included_quantity, t.interval_unit, t.interval_count,
    case t.interval_unit when 'once' then 0 else commercial_phase(t.interval_unit, t.interval_count, a.anchor_kind,
        coalesce(a.trial_ends_on, a.starts_on)) end,
    a.anchor_day, t.timing, s.amendment_id, %(at)s
from staged_amendment as s
join staged_term as t on t.place = s.place
join commercial_agreement as a on a.entity_id = %(entity)s and a.id = s.agreement_id
where s.old_term_id is null;
