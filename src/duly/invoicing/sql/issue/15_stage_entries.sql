-- An entry for every document that moves money on any ledger account.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, actor_id)
select %(entity)s, case when d.net_minor + d.tax_minor < 0 then 'credit_note' else 'invoice' end, d.id,
    %(issued_on)s, %(actor)s
from issuing_document as d
where d.net_minor + d.tax_minor <> 0 or d.id in (
    select v.id
    from issuing_document as v
    join issuing_charge as c
        on c.account_id = v.account_id and c.currency = v.currency and c.po_number = v.po_number
    where v.net_minor + v.tax_minor = 0
    group by v.id, c.revenue_account_id
    having sum(c.net_minor) <> 0
    union all
    select v.id
    from issuing_document as v
    join issuing_share as s on s.document_id = v.id
    join catalog_tax_code as k on k.entity_id = %(entity)s and k.id = s.tax_code_id
    where v.net_minor + v.tax_minor = 0
    group by v.id, k.tax_account
    having sum(s.tax_minor) <> 0)
order by d.id;
