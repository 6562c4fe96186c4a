-- commercial_due holds every version of a line that may have something to bill, and from which period on.
-- `first_on` lies in the last period that needs no look when `skip` is 1 (it is billed or quiet), in the first one that
-- does when it is 0 (never billed, or days from recheck_from on are in doubt).
insert into commercial_due (
    entity_id, term_id, agreement_id, account_id, currency, scale, price_list, starts_on, ends_on, state,
    proration, po_number, line, line_since, line_from, valid_from, valid_to, covered_from, covered_to,
    item_id, description, model, quantity, unit_price, package_size, percentage, minimum_minor, meter,
    aggregate, included_quantity, unit, count, phase, anchor_day, timing,
    billed_from, recheck_from, agreement_version, first_on, skip)
select
    t.entity_id, t.id, t.agreement_id, t.account_id, a.currency, a.scale,
    a.price_list, a.starts_on, a.ends_on, a.state, a.proration, a.po_number,
    t.line, t.line_since, greatest(t.line_since, c.paid_from), t.valid_from, t.valid_to,
    greatest(t.valid_from, c.paid_from),
    case when a.state = 'active' then least(t.valid_to, a.ends_on) else t.valid_from end,
    t.item_id, t.description, t.model, t.quantity, t.unit_price, t.package_size,
    t.percentage, t.minimum_minor, t.meter, t.aggregate, t.included_quantity,
    t.interval_unit, t.interval_count, t.phase, t.anchor_day, t.timing,
    b.period_from, a.recheck_from, a.version,
    case when b.period_from is null then greatest(t.valid_from, c.paid_from)
        else least(a.recheck_from, b.period_from) end,
    (a.recheck_from is null and b.period_from is not null)::int
from commercial_agreement as a
cross join lateral (select case when a.trial_ends_on > a.starts_on then a.trial_ends_on else a.starts_on end
    as paid_from) as c
join commercial_term as t
    on t.entity_id = %(entity)s and t.account_id between %(first)s and %(last)s and t.agreement_id = a.id
left join lateral (
    select true as found, l.period_from
    from invoicing_line as l
    where l.entity_id = %(entity)s and l.source_id = t.id and l.source_kind in ('agreement', 'usage')
    order by l.period_from desc
    limit 1) as l on true
cross join lateral (select l.found, greatest(l.period_from, t.quiet_from) as period_from) as b
where a.entity_id = %(entity)s and a.account_id between %(first)s and %(last)s
    and (%(ids)s::bigint[] is null or a.account_id = any(%(ids)s))
    and (a.recheck_from is not null
        or (a.state = 'active' and a.starts_on <= %(through)s and t.valid_from <= %(through)s
            and (t.valid_to is null or t.valid_to > t.valid_from)
            and not (t.interval_unit = 'once' and t.model <> 'milestone' and b.found is not null)
            and (b.period_from is null or least(t.valid_to, a.ends_on) is null
                or least(t.valid_to, a.ends_on) > commercial_boundary(t.interval_unit, t.interval_count, t.phase,
                    t.anchor_day, 1 + commercial_period_no(t.interval_unit, t.interval_count, t.phase,
                        t.anchor_day, b.period_from)))));
