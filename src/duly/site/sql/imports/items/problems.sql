-- Items that cannot be defined say why.
update staged_import as s
set (problem, remedy) = (
    case
        when g.id is null then 'ledger account ' || s.revenue_account || ' is not in the chart'
        when r.tax_class is null then 'tax class ' || s.tax_class || ' has no rule'
        else 'item ' || s.item || ' stands on line ' || d.first_line || ' already'
    end,
    'correct the cell')
from staged_import as t
join (select item, min(line) as first_line from staged_import group by item) as d on d.item = t.item
left join ledger_account as g on g.entity_id = %(entity)s and g.code = t.revenue_account and g.kind = 'income'
left join (select distinct tax_class from catalog_tax_rule where entity_id = %(entity)s) as r on r.tax_class = t.tax_class
where s.line = t.line and (g.id is null or r.tax_class is null or s.line > d.first_line);
