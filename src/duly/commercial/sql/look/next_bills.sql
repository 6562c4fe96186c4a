-- What the collection just made wants billed of an agreement, reversals included, in order of day.
select w.bill_on, w.line, coalesce(nullif(w.description, ''), nullif(d.description, ''), i.name) as description,
    w.covered_from as period_from, w.covered_to as period_to, w.quantity, w.net_minor, d.currency,
    d.meter is not null as by_use
from commercial_wanted as w
join commercial_due as d on d.term_id = w.term_id
join catalog_item as i on i.entity_id = %(entity)s and i.id = d.item_id
where w.agreement_id = %(agreement)s and not w.settled
union all
select s.bill_on, d.line, s.description, s.period_from, s.period_to, s.quantity, s.net_minor, s.currency, false
from staged_charge as s
join commercial_due as d on d.term_id = s.source_id
where d.agreement_id = %(agreement)s and s.source_kind = 'reversal'
order by 1, 2, 4;
