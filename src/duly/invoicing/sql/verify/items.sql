-- Documents whose open item is not their total, and items of documents that are not there.
select coalesce(v.kind, i.kind) || ' ' || coalesce(v.id, i.document_id) as subject,
    'total ' || coalesce(v.total_minor::text, 'of no document') || ', item ' || coalesce(i.amount_minor::text, 'missing')
        as detail
from (
    select kind, id, account_id, currency, total_minor
    from invoicing_invoice
    where entity_id = %(entity)s and total_minor <> 0
) as v
full join (
    select kind, document_id, account_id, currency, amount_minor
    from receivables_item
    where entity_id = %(entity)s and kind in ('invoice', 'credit_note')
) as i on i.kind = v.kind and i.document_id = v.id
where v.total_minor is distinct from i.amount_minor or v.account_id is distinct from i.account_id
    or v.currency is distinct from i.currency
limit 20;
