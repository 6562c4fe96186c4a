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
    where v.net_minor + v.tax_minor = 0 and c.net_minor <> 0)
order by d.id;
