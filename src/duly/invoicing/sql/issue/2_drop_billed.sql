-- A draft whose key a document has already billed is not billed again: it is gone.
delete from issuing_charge as c
where (select true from invoicing_line as l
    where l.entity_id = %(entity)s and l.charge_key = c.charge_key and l.version = c.version);
