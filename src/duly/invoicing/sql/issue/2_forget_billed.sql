-- Drafts that were billed already under the same key and version are no drafts any more.
delete from invoicing_charge as c
where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
    and (select true from invoicing_line as l
        where l.entity_id = %(entity)s and l.charge_key = c.charge_key and l.version = c.version);
