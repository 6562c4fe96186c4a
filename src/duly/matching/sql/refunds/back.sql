-- Open lines in that the bank marks as returned and that name one refund paid, of the same amount.
select min(line_id) as line_id, refund_id, min(reason) as reason
from (
    select l.id as line_id, r.id as refund_id, coalesce(nullif(l.return_reason, ''), 'returned by the bank') as reason,
        count(*) over (partition by l.id) as refunds
    from banking_line as l
    join payments_refund as r
        on r.entity_id = l.entity_id and r.amount_minor = l.amount_minor and r.currency = l.currency
        and r.state in ('released', 'seen', 'closed')
    join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'refund' and n.document_id = r.id
    where l.entity_id = %(entity)s and l.state = 'open' and l.amount_minor > 0 and l.is_return
        and upper(l.text || ' ' || l.end_to_end_id || ' ' || l.structured_reference || ' ' || l.bank_reference)
            ~ ('(?<![0-9A-Z])' || n.number || '(?![0-9])')
) as found
where refunds = 1
group by refund_id
having count(*) = 1
order by 1;
