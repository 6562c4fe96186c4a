-- Drafts that differ from what the account was billed before: taxed otherwise, far from the usual quantity or amount,
-- billed already under another key, billed each time and now missing, used each time and now not. Things are the same
-- when they are the same catalog item (a new version of an agreement's line is no news), or bear the same words.
with due as materialized (
    select c.id, c.account_id, c.currency, c.charge_key, c.source_kind, coalesce(c.item_id, 0) as item_id,
        case when c.item_id is null then c.description else '' end as words, c.description, c.period_from,
        c.period_to, c.net_minor, c.quantity, c.unit, c.tax_code_id
    from invoicing_charge as c
    where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
        and c.bill_on <= %(through_on)s and c.dismissed_by is null
        and (%(account_ids)s::bigint[] is null or c.account_id = any(%(account_ids)s))
        and c.source_kind <> 'reversal'
),
billed as materialized (
    select r.account_id, r.currency, r.place, r.issued_on, l.*
    from review_recent as r
    cross join lateral (
        select coalesce(x.item_id, 0) as item_id, case when x.item_id is null then x.description else '' end as words,
            x.invoice_id, x.line, x.charge_key, x.source_kind, x.description, x.period_from, x.period_to, x.net_minor,
            x.quantity, x.unit, x.tax_code_id
        from invoicing_line as x
        where x.entity_id = %(entity)s and x.invoice_id = r.invoice_id and x.reverses_invoice_id is null
        limit 32767
    ) as l
    where r.place <= 2
),
last_time as materialized (
    select account_id, currency, item_id, words, min(description) as description, min(source_kind) as source_kind,
        min(invoice_id) as invoice_id, min(line) as line, min(unit) as unit, max(quantity) as quantity,
        sum(net_minor) as net_minor, array_agg(distinct tax_code_id) as tax_code_ids, max(issued_on) as issued_on
    from billed
    where place = 1
    group by account_id, currency, item_id, words
),
now_due as materialized (
    select account_id, currency, item_id, words, max(quantity) as quantity, sum(net_minor) as net_minor,
        min(id) as charge_id, min(description) as description, min(unit) as unit,
        greatest(count(distinct date_trunc('month', period_from)), 1) as months,
        bool_and(source_kind = 'agreement') as agreed
    from due
    group by account_id, currency, item_id, words
),
odd_quantity as materialized (
    select n.*, h.usual, h.spread, h.least, h.most, h.bills
    from now_due as n
    join last_time as l
        on l.account_id = n.account_id and l.currency = n.currency and l.item_id = n.item_id and l.words = n.words
    cross join lateral (
        select percentile_cont(0.5) within group (order by q.quantity)::numeric as usual,
            (percentile_cont(0.75) within group (order by q.quantity)
                - percentile_cont(0.25) within group (order by q.quantity))::numeric as spread,
            min(q.quantity) as least, max(q.quantity) as most, count(*) as bills
        from (
            select max(x.quantity) as quantity
            from review_recent as r
            cross join lateral (
                select y.quantity
                from invoicing_line as y
                where y.entity_id = %(entity)s and y.invoice_id = r.invoice_id and y.reverses_invoice_id is null
                    and y.item_id = n.item_id
                limit 32767
            ) as x
            where r.account_id = n.account_id and r.currency = n.currency
            group by r.invoice_id
        ) as q
    ) as h
    where abs(n.quantity - l.quantity) > 0.25 * abs(l.quantity) and n.item_id > 0
        and h.bills >= 3 and abs(n.quantity - h.usual) > greatest(0.5 * abs(h.usual), 3 * h.spread)
),
amount as (
    -- What an agreement bills now and did not on the last two invoices (yearly, quarterly) is vouched for by it.
    select n.account_id, n.currency, sum(n.net_minor) as net_minor, max(n.months) as months
    from now_due as n
    where not n.agreed or exists (
        select 1 from billed as b
        where b.account_id = n.account_id and b.currency = n.currency and b.item_id = n.item_id
            and b.words = n.words)
    group by n.account_id, n.currency
),
usual_amount as (
    select account_id, currency, count(*) as bills,
        percentile_cont(0.5) within group (order by net_minor)::numeric as usual,
        (percentile_cont(0.75) within group (order by net_minor)
            - percentile_cont(0.25) within group (order by net_minor))::numeric as spread,
        min(net_minor) as least, max(net_minor) as most
    from review_recent
    group by account_id, currency
    having count(*) >= 3
)
insert into review_found (account_id, charge_id, kind, currency, sentence, facts, at_stake_minor)
select d.account_id, d.id, 'tax_changed', d.currency,
    d.description || ' was taxed ' || was.code || ' on the last invoice and is taxed ' || now.code || ' now.',
    jsonb_build_object('was', was.code, 'now', now.code), abs(d.net_minor)
from due as d
join last_time as l
    on l.account_id = d.account_id and l.currency = d.currency and l.item_id = d.item_id and l.words = d.words
    and not d.tax_code_id = any(l.tax_code_ids)
join catalog_tax_code as was on was.entity_id = %(entity)s and was.id = l.tax_code_ids[1]
join catalog_tax_code as now on now.entity_id = %(entity)s and now.id = d.tax_code_id
union all
select q.account_id, q.charge_id, 'quantity_out_of_pattern', q.currency,
    q.description || ': ' || trim_scale(q.quantity) || ' ' || q.unit || ', usually about '
        || trim_scale(round(q.usual, 2)) || ' (' || trim_scale(q.least) || ' to ' || trim_scale(q.most)
        || ' on the last ' || q.bills || ' invoices).',
    jsonb_build_object('quantity', q.quantity, 'usual', q.usual, 'least', q.least, 'most', q.most, 'bills', q.bills),
    case when q.quantity = 0 then 0 else abs(round(q.net_minor * (q.quantity - q.usual) / q.quantity)) end
from odd_quantity as q
union all
select a.account_id, null, 'amount_out_of_pattern', a.currency,
    'To be billed are ' || duly_major(a.net_minor, a.currency) || ', usually about '
        || duly_major(round(u.usual), a.currency) || ' (' || duly_major(u.least, a.currency) || ' to '
        || duly_major(u.most, a.currency) || ' on the last ' || u.bills || ' invoices).',
    jsonb_build_object('net_minor', a.net_minor, 'usual_minor', round(u.usual), 'least_minor', u.least,
        'most_minor', u.most, 'bills', u.bills, 'months', a.months),
    abs(a.net_minor - round(u.usual * a.months))
from amount as a
join usual_amount as u on u.account_id = a.account_id and u.currency = a.currency
where abs(a.net_minor / a.months - u.usual) > greatest(0.5 * abs(u.usual), 3 * u.spread)
    and not exists (
        select 1 from odd_quantity as q where q.account_id = a.account_id and q.currency = a.currency)
union all
select d.account_id, d.id, 'doubled', d.currency,
    d.description || ' for ' || to_char(d.period_from, 'Mon FMDD') || ' to ' || to_char(d.period_to - 1, 'Mon FMDD, YYYY')
        || ' at ' || duly_major(d.net_minor, d.currency) || ' was billed on ' || to_char(b.issued_on, 'Mon FMDD, YYYY')
        || ' already.',
    jsonb_build_object('billed_invoice', b.invoice_id, 'billed_line', b.line, 'net_minor', d.net_minor), d.net_minor
from due as d
join billed as b
    on b.account_id = d.account_id and b.currency = d.currency and b.item_id = d.item_id and b.words = d.words
    and b.period_from = d.period_from and b.period_to = d.period_to and b.net_minor = d.net_minor
    and b.charge_key <> d.charge_key
where d.net_minor > 0 and not exists (
    select 1 from invoicing_line as r
    where r.entity_id = %(entity)s and r.reverses_invoice_id = b.invoice_id and r.reverses_line = b.line)
union all
select l.account_id, null, case when l.source_kind = 'usage' then 'no_usage' else 'missing_charge' end, l.currency,
    case when l.source_kind = 'usage'
        then l.description || ': ' || trim_scale(l.quantity) || ' ' || l.unit
            || ' on the last invoice, and no usage now.'
        else l.description || ' (' || duly_major(l.net_minor, l.currency)
            || ') was on the last two invoices and is not on this one.' end,
    jsonb_build_object('last_invoice', l.invoice_id, 'last_line', l.line, 'net_minor', l.net_minor), abs(l.net_minor)
from last_time as l
join (
    select account_id, currency, item_id, words, max(issued_on) as issued_on
    from billed
    where place = 2
    group by account_id, currency, item_id, words
) as b on b.account_id = l.account_id and b.currency = l.currency and b.item_id = l.item_id and b.words = l.words
where l.net_minor <> 0 and %(through_on)s::date >= l.issued_on + (l.issued_on - b.issued_on) - 5
    and exists (select 1 from now_due as n where n.account_id = l.account_id and n.currency = l.currency)
    and not exists (
        select 1 from now_due as n
        where n.account_id = l.account_id and n.currency = l.currency and n.item_id = l.item_id and n.words = l.words);
