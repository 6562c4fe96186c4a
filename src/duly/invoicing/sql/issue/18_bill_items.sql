-- What was planned and not left out is billed; the chunk counts its documents from the documents.
with billed as (
    update invoicing_run_item as i
    set state = 'billed'
    where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
        and i.state = 'planned'
)
update invoicing_run_chunk as c
set documents = (select count(*) from issuing_document),
    lines = (select count(*) from issuing_charge),
    billed_net = coalesce((
        select jsonb_object_agg(currency, net_minor)
        from (select currency, sum(net_minor) as net_minor from issuing_document group by currency) as s), '{}')
where c.entity_id = %(entity)s and c.run_id = %(run)s and c.chunk = %(chunk)s;
