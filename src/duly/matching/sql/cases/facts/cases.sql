-- The cases with the debt and the payment they hang on; one row a case. A case of money looks for the debt it settled
-- last, a case of a debt for the money that came last.
select c.id, c.kind, c.favours, c.amount_minor, c.currency, c.happened_on, c.invoice_line, c.account_id, c.facts,
    o.id as owed_id, coalesce(n.number, o.kind || ' ' || o.document_id, '') as owed_number,
    o.amount_minor as owed_minor, o.open_minor as owed_open_minor, coalesce(v.net_minor, o.amount_minor) as owed_net_minor,
    coalesce(v.tax_minor, 0) as owed_tax_minor, o.issued_on, o.due_on, v.id as invoice_id,
    r.id as receipt_id, p.id as paid_item_id, coalesce(m.number, '') as receipt_number, r.amount_minor as paid_minor,
    p.open_minor as paid_open_minor, r.received_on, r.method,
    upper(concat_ws(' ', l.text, l.structured_reference, l.end_to_end_id, r.reference, r.note)) as text,
    coalesce(nullif(l.payer_name, ''), r.payer_name, '') as payer_name, coalesce(l.charges_minor, 0) as charges_minor,
    l.id as line_id, (l.payer_account_hash is not null and k.first_seen_on >= r.received_on
        and k.payments_seen <= 1) as first_from_account,
    coalesce(r.received_on - (
        select max(former.received_on) from payments_receipt as former
        where former.entity_id = r.entity_id and former.account_id = r.account_id and former.kind = 'receipt'
            and former.received_on < r.received_on), 0)::int as quiet_days
from matching_case as c
left join payments_receipt as r on r.entity_id = c.entity_id and r.id = c.receipt_id
left join receivables_item as p on p.entity_id = r.entity_id and p.kind = 'payment' and p.document_id = r.id
left join banking_line as l on l.entity_id = c.entity_id and l.id = c.line_id
left join receivables_account as a on a.entity_id = c.entity_id and a.id = c.account_id
left join parties_bank_detail as k
    on k.entity_id = a.entity_id and k.party_id = a.party_id and k.account_hash = l.payer_account_hash
left join lateral (
    select s.debit_item_id
    from receivables_allocation as s
    where s.entity_id = c.entity_id and s.credit_item_id = p.id and s.amount_minor > 0
    order by s.id desc
    limit 1
) as last on c.favours = 'us' and c.invoice_id is null
left join receivables_item as o
    on o.entity_id = c.entity_id
    and o.id = case when c.favours = 'them' or c.invoice_id is not null then c.item_id else last.debit_item_id end
left join receivables_number as n
    on n.entity_id = o.entity_id and n.document_kind = o.kind and n.document_id = o.document_id
left join receivables_number as m
    on m.entity_id = r.entity_id and m.document_kind = 'receipt' and m.document_id = r.id
left join invoicing_invoice as v on v.entity_id = o.entity_id and o.kind = 'invoice' and v.id = o.document_id
where c.entity_id = %(entity)s and c.id = any(%(cases)s)
order by c.id;
