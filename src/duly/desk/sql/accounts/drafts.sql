-- Charges of the account that wait to be billed, by bill day.
select c.id, c.description, c.bill_on, c.quantity, c.unit, c.net_minor, c.currency, c.source_kind, c.edited_by
from invoicing_charge as c
where c.entity_id = %(entity)s and c.account_id = %(account)s and c.dismissed_by is null
order by c.bill_on, c.id
limit 100;
