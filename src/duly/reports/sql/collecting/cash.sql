-- What came in and stayed between two days.
select r.currency, sum(r.amount_minor)::bigint as minor
from payments_receipt as r
where r.entity_id = %(entity)s and r.received_on between %(from_on)s and %(to_on)s and r.method <> 'opening'
group by r.currency;
