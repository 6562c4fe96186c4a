-- The contacts of a batch's parties, and those the batch itself brought, are gone.
delete from parties_contact as c
where c.entity_id = %(entity)s
    and (c.import_batch_id = %(batch)s
        or c.party_id in (select id from parties_party where entity_id = %(entity)s and import_batch_id = %(batch)s));
