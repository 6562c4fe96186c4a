-- The account's documents between the days with the balance after each and what was open of it at the end.
select i.id as item_id, i.kind, i.document_id, coalesce(n.number, '') as number, i.issued_on, i.due_on, i.amount_minor,
    (i.open_minor
        + coalesce((select sum(a.amount_minor) from receivables_allocation as a
            where a.entity_id = i.entity_id and a.debit_item_id = i.id and a.effective_on > %(to_on)s), 0)
        - coalesce((select sum(a.amount_minor) from receivables_allocation as a
            where a.entity_id = i.entity_id and a.credit_item_id = i.id and a.effective_on > %(to_on)s), 0))::bigint
        as open_then_minor,
    (%(opening)s + sum(i.amount_minor) over (order by i.issued_on, i.id))::bigint as balance_minor
from receivables_item as i
left join receivables_number as n on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else i.kind end
where i.entity_id = %(entity)s and i.account_id = %(account)s and i.currency = %(currency)s
    and i.issued_on between %(from_on)s and %(to_on)s
order by i.issued_on, i.id;
