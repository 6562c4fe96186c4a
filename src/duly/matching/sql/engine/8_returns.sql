-- Money that came back: the one standing receipt of the same amount that paid what the line cites or came from this payer.
insert into match_proposal (line_id, account_id, rule, confidence, amount_minor, returns_receipt_id, sentence)
select line_id, account_id, 'return', 'likely', amount_minor, receipt_id, sentence
from (
    select distinct l.line_id, r.account_id, l.amount_minor, r.id as receipt_id,
        'Receipt ' || coalesce(n.number, r.id::text) || ' of ' || r.received_on || ' has this amount and '
        || case when e.document_id is not null then 'paid what is cited' else 'came from this payer' end
        || '; what it settled opens again.' as sentence,
        count(*) over (partition by l.line_id) as choices
    from match_line as l
    join match_evidence as e on e.line_id = l.line_id
    join payments_receipt as r
        on r.entity_id = %(entity)s and r.amount_minor = -l.amount_minor and r.currency = l.currency
        and r.state = 'recorded' and r.kind = 'receipt' and r.received_on <= l.booked_on
        and (r.account_id = e.account_id
            or (e.document_kind = 'receipt' and e.document_id = r.id)
            or exists (
                select 1
                from receivables_item as i
                join receivables_item as own
                    on own.entity_id = i.entity_id and own.kind = 'payment' and own.document_id = r.id
                join receivables_allocation as a
                    on a.entity_id = i.entity_id and a.debit_item_id = i.id and a.credit_item_id = own.id
                where i.entity_id = %(entity)s and i.kind = e.document_kind and i.document_id = e.document_id))
    left join receivables_number as n
        on n.entity_id = r.entity_id and n.document_kind = 'receipt' and n.document_id = r.id
    where l.amount_minor < 0 and l.is_return
) as found
where choices = 1;
