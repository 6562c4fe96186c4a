-- Money that settled something and has a rest: paid too much.
insert into found_difference (subject, kind, favours, account_id, item_id, line_id, receipt_id, amount_minor, currency,
    happened_on, sentence)
select 'item:' || i.id, 'over_payment', 'us', i.account_id, i.id, b.line_id, r.id, -i.open_minor, i.currency, r.received_on,
    coalesce(n.number, 'receipt ' || r.id) || ': of ' || matching_money(r.amount_minor, r.currency) || ' received on '
        || r.received_on || ', ' || matching_money(-i.open_minor, i.currency) || ' is too much'
from receivables_item as i
join payments_receipt as r on r.entity_id = i.entity_id and r.id = i.document_id and r.kind = 'receipt'
left join banking_placement as b on b.entity_id = r.entity_id and b.receipt_id = r.id and b.undone_on is null
left join receivables_number as n
    on n.entity_id = i.entity_id and n.document_id = r.id and n.document_kind = 'receipt'
where i.entity_id = %(entity)s and i.kind = 'payment' and i.open_minor < 0 and i.open_minor > i.amount_minor
    and (%(accounts)s::bigint[] is null or i.account_id = any(%(accounts)s))
    -- What a person keeps on account for a purpose is no difference.
    and not exists (
        select 1 from receivables_on_account as o
        where o.entity_id = i.entity_id and o.item_id = i.id and o.released_at is null)
    -- What goes back as a refund is settled already; refused, it is found again.
    and not exists (
        select 1 from payments_refund_item as g
        join payments_refund as f on f.entity_id = g.entity_id and f.id = g.refund_id
        where g.entity_id = i.entity_id and g.item_id = i.id
            and f.state in ('requested', 'approved', 'released', 'seen'));
