-- Each wanted row that was billed before knows its version, and whether what was billed still stands as it is.
update commercial_wanted as w
set version = b.version + 1,
    settled = w.settled or coalesce(not b.reversed and b.net_minor = w.net_minor
        and (b.left_minor <> 0 or d.id is null)
        and (w.net_minor = 0 or (b.period_from, b.period_to, b.quantity)
            is not distinct from (w.covered_from, w.covered_to, w.quantity)), false)
from commercial_billed as b
left join invoicing_charge as d
    on d.entity_id = %(entity)s and d.account_id between %(first)s and %(last)s
    and d.charge_key = b.charge_key and d.version = b.version + 1
where b.charge_key = w.charge_key;
