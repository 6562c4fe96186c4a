-- Debit receivables by the total, credit each revenue account and each tax account.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select %(entity)s, e.entry_id, row_number() over (partition by e.entry_id order by p.side, p.gl_account_id),
    p.gl_account_id, p.currency, p.amount_minor, p.account_id, p.item_id
from (
    select d.id as document_id, 1 as side, (select id from ledger_account where entity_id = %(entity)s and code = '1200') as gl_account_id, d.currency,
        d.net_minor + d.tax_minor as amount_minor, d.account_id, d.item_id
    from issuing_document as d
    union all
    select d.id, 2, c.revenue_account_id, d.currency, -sum(c.net_minor), null, null
    from issuing_charge as c
    join issuing_document as d
        on d.account_id = c.account_id and d.currency = c.currency and d.po_number = c.po_number
    group by d.id, c.revenue_account_id, d.currency
    union all
    select d.id, 3, g.id, d.currency, -sum(s.tax_minor), null, null
    from issuing_share as s
    join issuing_document as d on d.id = s.document_id
    join catalog_tax_code as k on k.entity_id = %(entity)s and k.id = s.tax_code_id
    join ledger_account as g on g.entity_id = %(entity)s and g.code = k.tax_account
    group by d.id, g.id, d.currency
) as p
join staged_entry as e on e.source_id = p.document_id
where p.amount_minor <> 0;
