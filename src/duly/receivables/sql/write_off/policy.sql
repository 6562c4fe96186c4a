-- The rule for small balances that counts on a day, in one currency or all.
select distinct on (p.currency) p.id, p.currency, p.limit_minor, p.older_than_days, p.valid_from, p.by_name
from receivables_small_balance as p
where p.entity_id = %(entity)s and p.valid_from <= %(day)s and (%(currency)s::text is null or p.currency = %(currency)s)
order by p.currency, p.valid_from desc, p.id desc;
