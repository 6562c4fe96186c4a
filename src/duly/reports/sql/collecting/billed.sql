-- What was billed less what was credited between two days, tax included.
select v.currency, sum(v.total_minor)::bigint as minor
from invoicing_invoice as v
where v.entity_id = %(entity)s and v.issued_on between %(from_on)s and %(to_on)s
group by v.currency;
