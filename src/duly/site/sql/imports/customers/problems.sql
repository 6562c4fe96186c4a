-- Customer rows that cannot be taken in say why.
update staged_import as s
set (problem, remedy) = (
    case
        when s.line > d.first_line then 'customer ' || s.customer || ' stands on line ' || d.first_line || ' already'
        when length(s.country) <> 2 then 'country ' || s.country || ' is not a code of two letters'
        when s.currency !~ '^[A-Z]{3}$' then 'currency ' || s.currency || ' is not a code of three letters'
        when s.terms_days not between 0 and 365 then 'terms of ' || s.terms_days || ' days'
        when a.currency <> s.currency then 'the account is kept in ' || a.currency
        when r.tax_profile is null then 'tax profile ' || s.tax_profile || ' has no rule'
        when s.owner is not null and m.user_id is null then 'owner ' || s.owner || ' does not work here'
        when s.email <> '' and s.email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then 'e-mail ' || s.email || ' is not an address'
    end,
    case
        when s.line > d.first_line then 'keep one of the rows'
        when a.currency <> s.currency then 'open a second account for the other currency'
        when r.tax_profile is null then 'use one of the profiles under Settings, Taxes'
        else 'correct the cell'
    end)
from staged_import as t
join (select customer, min(line) as first_line from staged_import group by customer) as d on d.customer = t.customer
left join receivables_account as a on a.entity_id = %(entity)s and a.external_id = t.customer
left join (select distinct tax_profile from catalog_tax_rule where entity_id = %(entity)s) as r
    on r.tax_profile = t.tax_profile
left join access_user as u on lower(u.email) = lower(t.owner)
left join (select distinct user_id from access_membership where entity_id = %(entity)s) as m on m.user_id = u.id
where s.line = t.line
    and (s.line > d.first_line or length(s.country) <> 2 or s.currency !~ '^[A-Z]{3}$'
        or s.terms_days not between 0 and 365 or a.currency <> s.currency or r.tax_profile is null
        or (s.owner is not null and m.user_id is null)
        or (s.email <> '' and s.email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'));
