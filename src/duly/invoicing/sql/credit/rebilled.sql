-- The drafts that bill the lines of a voided invoice again.
select c.id, (c.pricing ->> 'rebills_line')::int as line
from invoicing_charge as c
where c.entity_id = %(entity)s and c.account_id = %(account)s
    and (c.pricing ->> 'rebills_invoice')::bigint = %(id)s
order by 2;
