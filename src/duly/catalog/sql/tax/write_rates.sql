-- The new rates hold from their day until the next one that is set already.
insert into catalog_tax_rate (entity_id, tax_code_id, component, rate, valid_from, valid_to, source)
select %(entity)s, c.id, r.component, r.rate, r.valid_from,
    least(lead(r.valid_from) over (partition by c.id, r.component order by r.valid_from), (
        select min(n.valid_from) from catalog_tax_rate as n
        where n.entity_id = %(entity)s and n.tax_code_id = c.id and n.component = r.component
            and n.valid_from > r.valid_from and (n.valid_to is null or n.valid_to > n.valid_from))), r.source
from jsonb_to_recordset(%(rows)s::jsonb) as r (
    code text, component text, rate numeric, valid_from date, source text)
join catalog_tax_code as c on c.entity_id = %(entity)s and c.code = r.code
where not exists (
    select from catalog_tax_rate as t
    where t.entity_id = %(entity)s and t.tax_code_id = c.id and t.component = r.component
        and t.valid_from <= r.valid_from and (t.valid_to is null or t.valid_to > r.valid_from))
order by c.id, r.component, r.valid_from desc;
