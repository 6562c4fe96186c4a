-- Money that settled nothing although it is known what it should have settled: paid twice (the same amount settled an
-- item of the account shortly before), or posted to the wrong account (another one, named in the text or of the same
-- customer, owes exactly this while this account owes nothing of the kind).
with lonely as (
    select i.entity_id, i.id, i.account_id, i.currency, -i.open_minor as minor, r.id as receipt_id, r.received_on,
        b.line_id, upper(coalesce(l.text || ' ' || l.structured_reference, r.reference || ' ' || r.note)) as words,
        coalesce(n.number, 'receipt ' || r.id) as number
    from receivables_item as i
    join payments_receipt as r on r.entity_id = i.entity_id and r.id = i.document_id and r.kind = 'receipt'
    left join banking_placement as b on b.entity_id = r.entity_id and b.receipt_id = r.id and b.undone_on is null
    left join banking_line as l on l.entity_id = b.entity_id and l.id = b.line_id
    left join receivables_number as n
        on n.entity_id = i.entity_id and n.document_id = r.id and n.document_kind = 'receipt'
    where i.entity_id = %(entity)s and i.kind = 'payment' and i.open_minor < 0 and i.open_minor = i.amount_minor
        and (%(accounts)s::bigint[] is null or i.account_id = any(%(accounts)s))
        and not exists (
            select 1 from receivables_item as own
            where own.entity_id = i.entity_id and own.account_id = i.account_id and own.open_minor = -i.open_minor)
        -- What a person keeps on account for a purpose is no difference.
        and not exists (
            select 1 from receivables_on_account as o
            where o.entity_id = i.entity_id and o.item_id = i.id and o.released_at is null)
        -- What goes back as a refund is settled already; refused, it is found again.
        and not exists (
            select 1 from payments_refund_item as g
            join payments_refund as f on f.entity_id = g.entity_id and f.id = g.refund_id
            where g.entity_id = i.entity_id and g.item_id = i.id
                and f.state in ('requested', 'approved', 'released', 'seen'))
),
elsewhere as (
    select distinct on (y.id) y.id, o.account_id as to_account_id, o.id as item_id, a.number as account_number,
        d.number as document_number
    from lonely as y
    cross join lateral (
        select o.id, o.account_id, o.document_id, o.kind, 1 as place
        from regexp_split_to_table(y.words, '[^0-9A-Z-]+') as word
        join receivables_number as w on w.entity_id = y.entity_id and w.number = word
        join receivables_item as o
            on o.entity_id = w.entity_id and o.kind = w.document_kind and o.document_id = w.document_id
        where length(word) >= 6 and o.account_id <> y.account_id and o.open_minor = y.minor and o.currency = y.currency
        union all
        select o.id, o.account_id, o.document_id, o.kind, 2
        from receivables_account as mine
        join receivables_account as sister
            on sister.entity_id = mine.entity_id and sister.party_id = mine.party_id and sister.id <> mine.id
        join receivables_item as o
            on o.entity_id = sister.entity_id and o.account_id = sister.id and o.open_minor = y.minor
            and o.currency = y.currency
        where mine.entity_id = y.entity_id and mine.id = y.account_id
    ) as o
    join receivables_account as a on a.entity_id = y.entity_id and a.id = o.account_id
    left join receivables_number as d
        on d.entity_id = y.entity_id and d.document_id = o.document_id and d.document_kind = o.kind
    order by y.id, o.place, o.id
),
before as (
    select distinct on (y.id) y.id, d.number, s.closed_on
    from lonely as y
    join receivables_item as s
        on s.entity_id = y.entity_id and s.account_id = y.account_id and s.amount_minor = y.minor
        and s.currency = y.currency and s.open_minor = 0
        and s.closed_on between y.received_on - 90 and y.received_on + 90
    left join receivables_number as d
        on d.entity_id = s.entity_id and d.document_id = s.document_id and d.document_kind = s.kind
    order by y.id, s.closed_on desc, s.id
)
insert into found_difference (subject, kind, favours, account_id, item_id, line_id, receipt_id, amount_minor, currency,
    happened_on, sentence, facts)
select 'item:' || y.id, case when e.id is not null then 'wrong_account' else 'double_payment' end, 'us', y.account_id,
    y.id, y.line_id, y.receipt_id, y.minor, y.currency, y.received_on,
    y.number || ': ' || matching_money(y.minor, y.currency) || ' received on ' || y.received_on || ' settles nothing here, '
        || case when e.id is not null then 'and ' || e.account_number || ' owes just that on '
                || coalesce(e.document_number, 'an item')
            else 'and ' || coalesce(b.number, 'an item') || ' of the same amount was settled on ' || b.closed_on end,
    case when e.id is not null then jsonb_build_object('to_account_id', e.to_account_id, 'item_id', e.item_id)
        else '{}' end
from lonely as y
left join elsewhere as e on e.id = y.id
left join before as b on b.id = y.id
where e.id is not null or b.id is not null;
