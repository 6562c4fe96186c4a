-- Documents whose postings are not their total, lines and taxes, ledger account by ledger account.
with wanted as (
    select kind, document_id, gl_account_id, sum(minor) as minor
    from (
        select v.kind, v.id as document_id, i.gl_account_id, v.total_minor as minor
        from invoicing_invoice as v
        join receivables_item as i on i.entity_id = v.entity_id and i.kind = v.kind and i.document_id = v.id
        where v.entity_id = %(entity)s
        union all
        select v.kind, v.id, l.revenue_account_id, -l.net_minor
        from invoicing_line as l
        join invoicing_invoice as v on v.entity_id = l.entity_id and v.id = l.invoice_id
        where l.entity_id = %(entity)s
        union all
        select v.kind, v.id, g.id, -t.tax_minor
        from invoicing_tax as t
        join invoicing_invoice as v on v.entity_id = t.entity_id and v.id = t.invoice_id
        join catalog_tax_code as k on k.entity_id = t.entity_id and k.id = t.tax_code_id
        join ledger_account as g on g.entity_id = t.entity_id and g.code = k.tax_account
        where t.entity_id = %(entity)s
    ) as parts
    group by kind, document_id, gl_account_id
    having sum(minor) <> 0
),
posted as (
    select e.source_kind as kind, e.source_id as document_id, p.gl_account_id, sum(p.amount_minor) as minor
    from ledger_entry as e
    join ledger_posting as p on p.entity_id = e.entity_id and p.entry_id = e.id
    where e.entity_id = %(entity)s and e.source_kind in ('invoice', 'credit_note')
    group by e.source_kind, e.source_id, p.gl_account_id
    having sum(p.amount_minor) <> 0
)
select coalesce(w.kind, p.kind) || ' ' || coalesce(w.document_id, p.document_id) as subject,
    'ledger account ' || coalesce(w.gl_account_id, p.gl_account_id) || ' bears ' || coalesce(p.minor, 0)
        || ', the document says ' || coalesce(w.minor, 0) as detail
from wanted as w
full join posted as p
    on p.kind = w.kind and p.document_id = w.document_id and p.gl_account_id = w.gl_account_id
where w.minor is distinct from p.minor
limit 20;
