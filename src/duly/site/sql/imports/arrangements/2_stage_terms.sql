-- Every row is a line of its agreement.
insert into staged_term (place, line, item, description, model, quantity, unit_price, package_size, percentage,
    minimum_minor, meter, aggregate, included_quantity, interval_unit, interval_count, timing)
select first_value(s.line) over w, row_number() over (partition by s.agreement order by s.line), s.item, s.description, s.model, s.quantity, s.unit_price,
    s.package_size, s.percentage,
    round(s.minimum * power(10::numeric, duly_currency_digits(coalesce(s.currency, a.currency, 'EUR'))))::bigint,
    s.meter, case when s.meter is not null then s.aggregate end, s.included,
    case s."interval" when 'day' then 'day' when 'once' then 'once' else 'month' end,
    s.interval_count * case s."interval" when 'quarter' then 3 when 'year' then 12 else 1 end,
    case when s.meter is null then s.timing end
from staged_import as s
left join receivables_account as a
    on a.entity_id = %(entity)s and (a.external_id = s.customer or (a.number = s.customer and a.external_id is distinct from s.customer))
window w as (partition by s.agreement order by s.line rows between unbounded preceding and unbounded following);
