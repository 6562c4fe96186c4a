-- The staged prices.
select item, currency, unit_price, valid_from, price_list from staged_import order by line;
