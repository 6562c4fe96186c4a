-- Agencies with what they have of ours, by currency.
select g.id, g.name, g.email, g.reference, coalesce(h.currency, '') as currency, coalesce(h.accounts, 0) as accounts,
    coalesce(h.minor, 0)::bigint as amount_minor
from collections_agency as g
left join (
    select agency_id, currency, count(*) as accounts, sum(amount_minor) as minor
    from collections_handover where entity_id = %(entity)s and state = 'handed_over'
    group by agency_id, currency
) as h on h.agency_id = g.id
where g.entity_id = %(entity)s and g.active
order by g.name, h.currency;
