-- Drafts whose key and version a document has billed already.
select 'charge ' || c.id as subject, c.charge_key || ' version ' || c.version || ' is billed already' as detail
from invoicing_charge as c
where c.entity_id = %(entity)s
    and exists (
        select 1 from invoicing_line as l
        where l.entity_id = c.entity_id and l.charge_key = c.charge_key and l.version = c.version)
limit 20;
