-- Charges of agreements of which two versions stand billed at once: a former version that nothing took back.
select 'commercial.billed_twice' as check, 'charge ' || l.charge_key as subject,
    'version ' || l.version || ' of invoice ' || l.invoice_id || ' stands beside a later one' as detail
from invoicing_line as l
where l.entity_id = %(entity)s and l.version > 1 and l.source_kind in ('agreement', 'usage')
    and exists (
        select from invoicing_line as b
        where b.entity_id = l.entity_id and b.charge_key = l.charge_key and b.version < l.version
            and b.net_minor + coalesce((
                select sum(r.net_minor) from invoicing_line as r
                where r.entity_id = b.entity_id and r.reverses_invoice_id = b.invoice_id
                    and r.reverses_line = b.line), 0) <> 0)
limit 100;
