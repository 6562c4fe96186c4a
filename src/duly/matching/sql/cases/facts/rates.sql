-- The tax rates that are in force today, zero left out.
select distinct sum(r.rate) as rate
from catalog_tax_rate as r
where r.entity_id = %(entity)s and r.valid_to is null
group by r.tax_code_id
having sum(r.rate) > 0;
