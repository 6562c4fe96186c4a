-- The staged items.
select item, name, description, unit, tax_class, revenue_account from staged_import order by line;
