-- Other items that may have to do with a case: of its account (open, or settled within 120 days), of the same customer's
-- other accounts, of accounts with the same name or the neighbouring number that owe or hold exactly the difference,
-- and those that the payer's text names.
with asked as (
    select c.id as case_id, c.entity_id, c.account_id, c.amount_minor, c.currency, c.happened_on,
        c.item_id, a.party_id, a.search_name, a.number as account_number, v.period_from, v.period_to,
        upper(concat_ws(' ', l.text, l.structured_reference, r.reference, r.note)) as words
    from matching_case as c
    join receivables_account as a on a.entity_id = c.entity_id and a.id = c.account_id
    left join banking_line as l on l.entity_id = c.entity_id and l.id = c.line_id
    left join payments_receipt as r on r.entity_id = c.entity_id and r.id = c.receipt_id
    left join invoicing_invoice as v on v.entity_id = c.entity_id and v.id = c.invoice_id
    where c.entity_id = %(entity)s and c.id = any(%(cases)s)
),
found as (
    select q.case_id, i.id, 'own' as near
    from asked as q
    join lateral (
        select i.id, i.open_minor, i.closed_on, i.issued_on from receivables_item as i
        where i.entity_id = q.entity_id and i.account_id = q.account_id and i.currency = q.currency
            and (i.open_minor <> 0 or i.closed_on >= q.happened_on - 120 or i.issued_on >= q.happened_on - 120)
            and i.id <> q.item_id
        order by i.issued_on desc, i.id desc
        limit 200
    ) as i on true
    union
    select q.case_id, i.id, 'party'
    from asked as q
    join receivables_account as a
        on a.entity_id = q.entity_id and a.party_id = q.party_id and a.id <> q.account_id
    join receivables_item as i
        on i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor in (q.amount_minor, -q.amount_minor)
        and i.currency = q.currency
    union
    select q.case_id, i.id, 'name'
    from asked as q
    join receivables_account as a
        on a.entity_id = q.entity_id and a.search_name = q.search_name and a.party_id <> q.party_id
    join receivables_item as i
        on i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor = q.amount_minor and i.currency = q.currency
    union
    select q.case_id, i.id, 'number'
    from asked as q
    cross join lateral (values (1), (-1)) as step (by)
    join receivables_account as a
        on a.entity_id = q.entity_id and a.party_id <> q.party_id
        and a.number = left(q.account_number, length(q.account_number) - length(substring(q.account_number from '[0-9]+$')))
            || lpad((substring(q.account_number from '[0-9]+$')::bigint + step.by)::text,
                length(substring(q.account_number from '[0-9]+$')), '0')
    join receivables_item as i
        on i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor = q.amount_minor and i.currency = q.currency
    where q.account_number ~ '[0-9]{1,15}$'
    union
    select q.case_id, i.id, 'named'
    from asked as q
    cross join lateral regexp_split_to_table(q.words, '[^0-9A-Z-]+') as word
    join receivables_number as n on n.entity_id = q.entity_id and n.number = word
    join receivables_item as i
        on i.entity_id = n.entity_id and i.kind = n.document_kind and i.document_id = n.document_id
        and i.account_id <> q.account_id and i.currency = q.currency
    where length(word) >= 6
)
select f.case_id, i.id as item_id, i.account_id, a.number as account_number, f.near, i.kind,
    coalesce(n.number, i.kind || ' ' || i.document_id) as number, i.amount_minor, i.open_minor, i.issued_on, i.closed_on,
    (n.number is not null and strpos(q.words, n.number) > 0) as named, i.document_id,
    coalesce(v.period_from = q.period_from and v.period_to = q.period_to, false) as same_period
from found as f
join asked as q on q.case_id = f.case_id
join receivables_item as i on i.entity_id = %(entity)s and i.id = f.id
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
left join receivables_number as n
    on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' else i.kind end
left join invoicing_invoice as v on v.entity_id = i.entity_id and i.kind = 'invoice' and v.id = i.document_id
order by f.case_id, f.near, i.issued_on, i.id;
