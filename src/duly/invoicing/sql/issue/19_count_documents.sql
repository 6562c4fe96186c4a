-- The chunk says what its documents add up to, counted from the documents.
update invoicing_run_chunk as c
set documents = (select count(*) from issuing_document),
    lines = (select count(*) from issuing_charge),
    billed_net = coalesce((
        select jsonb_object_agg(currency, net_minor)
        from (select currency, sum(net_minor) as net_minor from issuing_document group by currency) as s), '{}')
where c.entity_id = %(entity)s and c.run_id = %(run)s and c.chunk = %(chunk)s;
