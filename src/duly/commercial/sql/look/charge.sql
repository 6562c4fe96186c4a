-- Every version of a charge, drafted or billed, and of its reversals, with how each came to be.
select charge_key, version, description, period_from, period_to, quantity, unit, unit_price, net_minor, currency,
    pricing::json as pricing, null::bigint as invoice_id, null::smallint as line
from invoicing_charge
where entity_id = %(entity)s and charge_key in (%(key)s, 'reverse:' || %(key)s)
union all
select l.charge_key, l.version, l.description, l.period_from, l.period_to, l.quantity, l.unit, l.unit_price,
    l.net_minor, v.currency, l.pricing::json, l.invoice_id, l.line
from invoicing_line as l
join invoicing_invoice as v on v.entity_id = l.entity_id and v.id = l.invoice_id
where l.entity_id = %(entity)s and l.charge_key in (%(key)s, 'reverse:' || %(key)s)
order by 2, 1 desc;
