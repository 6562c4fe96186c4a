-- Charges that cannot be taken in say why.
update staged_import as s
set (problem, remedy) = (
    case
        when i.id is null then 'item ' || s.item || ' is not in the catalog'
        when s.unit_price is null and s.amount is null then 'neither unit price nor amount'
        when s.unit_price is not null and s.amount is not null
            and round(s.quantity * s.unit_price, duly_currency_digits(a.currency)) <> s.amount
            then 'quantity x unit price is ' || round(s.quantity * s.unit_price, duly_currency_digits(a.currency))
                || ', the amount says ' || s.amount
        when r.tax_code_id is null then 'no tax rule for profile ' || a.tax_profile || ' and class ' || i.tax_class
        when abs(coalesce(s.amount, s.quantity * s.unit_price)) > 1e13 then 'the amount is larger than any invoice'
        when s.line > d.first_line then 'id ' || s.external_id || ' stands on line ' || d.first_line || ' already'
    end,
    case when i.id is null then 'import the item first' else 'correct the cell' end)
from staged_import as t
join receivables_account as a
    on a.entity_id = %(entity)s and (a.external_id = t.customer or (a.number = t.customer and a.external_id is distinct from t.customer))
left join catalog_item as i on i.entity_id = %(entity)s and i.code = t.item and i.active
left join catalog_tax_rule as r on r.entity_id = %(entity)s and r.tax_profile = a.tax_profile
    and r.tax_class = i.tax_class and r.valid_from <= coalesce(t.period_to, t.bill_on, %(today)s)
    and (r.valid_to is null or r.valid_to > coalesce(t.period_to, t.bill_on, %(today)s))
left join (select external_id, min(line) as first_line from staged_import group by external_id) as d
    on d.external_id = t.external_id
where s.line = t.line and s.problem is null
    and (i.id is null or (s.unit_price is null and s.amount is null) or r.tax_code_id is null
        or abs(coalesce(s.amount, s.quantity * s.unit_price)) > 1e13 or s.line > d.first_line
        or (s.unit_price is not null and s.amount is not null
            and round(s.quantity * s.unit_price, duly_currency_digits(a.currency)) <> s.amount));
