-- A debt that money settled in part: what is missing, and what the payer wrote last. `accounts` narrows the look.
insert into found_difference (subject, kind, favours, account_id, item_id, line_id, receipt_id, invoice_id, amount_minor,
    currency, happened_on, sentence)
select 'item:' || i.id,
    case when p.text ~* 'deduct|skonto|abzug|k[üu]rzung|less |retention|retenu|discount|minus|credit' then 'deduction'
        else 'short_payment' end,
    'them', i.account_id, i.id, p.line_id, p.receipt_id, case when i.kind = 'invoice' then i.document_id end, i.open_minor,
    i.currency, p.received_on,
    coalesce(n.number, i.kind || ' ' || i.document_id) || ': of ' || matching_money(i.amount_minor, i.currency) || ', '
        || matching_money(i.open_minor, i.currency) || ' is missing since the payment of ' || p.received_on
from receivables_item as i
cross join lateral (
    select r.id as receipt_id, r.received_on, b.line_id, coalesce(l.text, r.reference || ' ' || r.note) as text
    from receivables_allocation as a
    join receivables_item as c on c.entity_id = a.entity_id and c.id = a.credit_item_id and c.kind = 'payment'
    join payments_receipt as r on r.entity_id = c.entity_id and r.id = c.document_id
    left join banking_placement as b on b.entity_id = r.entity_id and b.receipt_id = r.id and b.undone_on is null
    left join banking_line as l on l.entity_id = b.entity_id and l.id = b.line_id
    where a.entity_id = i.entity_id and a.debit_item_id = i.id and a.amount_minor > 0 and r.kind = 'receipt'
        and not exists (
            select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id)
    order by a.id desc
    limit 1
) as p
left join receivables_number as n
    on n.entity_id = i.entity_id and n.document_id = i.document_id and n.document_kind = i.kind
where i.entity_id = %(entity)s and i.open_minor > 0 and i.open_minor < i.amount_minor
    and (%(accounts)s::bigint[] is null or i.account_id = any(%(accounts)s));
