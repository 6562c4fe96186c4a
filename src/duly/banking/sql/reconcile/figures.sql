-- For each bank account: what the bank says, what the ledger says, and what the lines between them add up to.
-- heads: the first and the last proved statement up to the day; unlike: the lines that differ on the day (a line is
-- placed whole or open, so all of what is open, and what of those placed or taken back later); days: where the ledger
-- moved more than the placements did; entries: the postings of those days on no line.
with heads as (
    select b.id as bank_account_id, b.gl_account_id, b.currency,
        f.id as first_id, f.opening_minor, f.from_on, h.chain_no, h.closing_minor, h.to_on
    from banking_account as b
    left join lateral (
        select s.id, s.opening_minor, s.from_on from banking_statement as s
        where s.entity_id = b.entity_id and s.bank_account_id = b.id and s.state = 'chained'
            and s.from_on <= %(as_of)s
        order by s.chain_no limit 1
    ) as f on true
    left join lateral (
        select s.chain_no, s.closing_minor, s.to_on from banking_statement as s
        where s.entity_id = b.entity_id and s.bank_account_id = b.id and s.state = 'chained' and s.to_on <= %(as_of)s
        order by s.chain_no desc limit 1
    ) as h on true
    where b.entity_id = %(entity)s
),
later as (
    select p.line_id
    from heads as h
    join banking_placement as p on p.entity_id = %(entity)s and p.bank_account_id = h.bank_account_id
        and p.posted_on > %(as_of)s
    union
    select p.line_id
    from heads as h
    join banking_placement as p on p.entity_id = %(entity)s and p.bank_account_id = h.bank_account_id
        and p.undone_on > %(as_of)s
),
unlike as (
    select l.bank_account_id, l.id, l.booked_on, l.payer_name, l.text, l.amount_minor as minor
    from banking_line as l
    where l.entity_id = %(entity)s and l.state = 'open' and l.booked_on <= %(as_of)s
        and l.id not in (select line_id from later)
    union all
    select l.bank_account_id, l.id, l.booked_on, l.payer_name, l.text, l.amount_minor - coalesce(p.minor, 0)
    from later as k
    join banking_line as l on l.entity_id = %(entity)s and l.id = k.line_id
    cross join lateral (
        select sum(case when p.posted_on <= %(as_of)s then p.amount_minor else 0 end
            - case when p.undone_on <= %(as_of)s then p.amount_minor else 0 end)::bigint as minor
        from banking_placement as p
        where p.entity_id = %(entity)s and p.line_id = k.line_id
    ) as p
    where l.booked_on <= %(as_of)s and l.state in ('open', 'placed')
),
linked as (
    select p.bank_account_id, p.posted_on as on_day, sum(p.amount_minor) as minor
    from heads as h
    join banking_placement as p on p.entity_id = %(entity)s and p.bank_account_id = h.bank_account_id
        and p.posted_on <= %(as_of)s
    group by p.bank_account_id, p.posted_on
    union all
    select p.bank_account_id, p.undone_on, -sum(p.amount_minor)
    from heads as h
    join banking_placement as p on p.entity_id = %(entity)s and p.bank_account_id = h.bank_account_id
        and p.undone_on <= %(as_of)s
    group by p.bank_account_id, p.undone_on
),
openings as (
    select h.bank_account_id, sum(q.amount_minor)::bigint as minor
    from heads as h
    join ledger_entry as e
        on e.entity_id = %(entity)s and e.source_kind = 'bank_opening' and e.source_id = h.bank_account_id
        and e.effective_on <= %(as_of)s
    join ledger_posting as q
        on q.entity_id = e.entity_id and q.entry_id = e.id and q.gl_account_id = h.gl_account_id
    group by h.bank_account_id
),
days as (
    select h.bank_account_id, h.gl_account_id, h.currency, d.on_day
    from heads as h
    join (
        select gl_account_id, currency, on_day, sum(debit_minor - credit_minor) as minor
        from ledger_daily
        where entity_id = %(entity)s and on_day <= %(as_of)s
            and gl_account_id in (select gl_account_id from heads)
        group by gl_account_id, currency, on_day
    ) as d on d.gl_account_id = h.gl_account_id and d.currency = h.currency
    left join (
        select bank_account_id, on_day, sum(minor) as minor from linked group by bank_account_id, on_day
    ) as k on k.bank_account_id = h.bank_account_id and k.on_day = d.on_day
    where d.minor <> coalesce(k.minor, 0)
),
entries as (
    select y.bank_account_id, e.id, e.effective_on, e.source_kind, e.memo, sum(q.amount_minor)::bigint as minor
    from days as y
    join ledger_posting as q
        on q.entity_id = %(entity)s and q.effective_on = y.on_day and q.gl_account_id = y.gl_account_id
        and q.currency = y.currency
    join ledger_entry as e on e.entity_id = q.entity_id and e.id = q.entry_id
    where e.source_kind not in ('bank_line', 'bank_line_undone', 'bank_opening')
        and not (e.source_kind = 'receipt' and exists (
            select 1 from payments_receipt as r
            join banking_placement as p
                on p.entity_id = r.entity_id and p.receipt_id = coalesce(r.reverses_id, r.id)
            where r.entity_id = e.entity_id and r.id = e.source_id))
    group by y.bank_account_id, e.id, e.effective_on, e.source_kind, e.memo
    having sum(q.amount_minor) <> 0
),
between_them as (
    select u.bank_account_id, 'line' as kind, u.id as subject_id, u.booked_on as "on",
        trim(u.payer_name || ' ' || left(u.text, 120)) as text, u.minor as amount_minor
    from unlike as u
    where u.minor <> 0
    union all
    select e.bank_account_id, 'entry', e.id, e.effective_on,
        replace(e.source_kind, '_', ' ') || case when e.memo <> '' then ': ' else '' end || e.memo, -e.minor
    from entries as e
    union all
    select h.bank_account_id, 'opening', h.first_id, h.from_on, 'balance before the first statement',
        coalesce(h.opening_minor, 0) - coalesce(o.minor, 0)
    from heads as h
    left join openings as o on o.bank_account_id = h.bank_account_id
    where coalesce(h.opening_minor, 0) <> coalesce(o.minor, 0)
    union all
    select s.bank_account_id, 'gap', s.id, s.from_on, s.problem, s.gap_accepted_minor
    from banking_statement as s
    where s.entity_id = %(entity)s and s.state = 'chained' and s.gap_accepted_minor <> 0 and s.to_on <= %(as_of)s
),
after_head as (
    select h.bank_account_id, sum(l.amount_minor)::bigint as minor
    from heads as h
    join banking_statement as s
        on s.entity_id = %(entity)s and s.bank_account_id = h.bank_account_id
        and (h.chain_no is null or s.chain_no is null or s.chain_no > h.chain_no)
    join banking_line as l on l.entity_id = s.entity_id and l.statement_id = s.id
    where l.booked_on <= %(as_of)s and l.state in ('open', 'placed')
    group by h.bank_account_id
),
waiting as (
    select bank_account_id, count(*) as lines
    from banking_line
    where entity_id = %(entity)s and state = 'open' and booked_on <= %(as_of)s
    group by bank_account_id
),
ledger as (
    select gl_account_id, currency, sum(debit_minor - credit_minor)::bigint as minor
    from ledger_daily
    where entity_id = %(entity)s and on_day <= %(as_of)s and gl_account_id in (select gl_account_id from heads)
    group by gl_account_id, currency
),
explained as (
    select bank_account_id, sum(amount_minor)::bigint as minor from between_them group by bank_account_id
),
figures as (
    select b.id as bank_account_id, b.name, g.code as gl_code, b.currency,
        coalesce(h.closing_minor, h.opening_minor, 0) + coalesce(t.minor, 0) as statement_minor,
        coalesce(d.minor, 0) as ledger_minor,
        coalesce(x.minor, 0) as explained_minor,
        h.to_on as statement_on,
        coalesce(w.lines, 0) as open_lines,
        (
            select count(*) from banking_statement as s
            where s.entity_id = b.entity_id and s.bank_account_id = b.id and s.state = 'quarantined')::int as quarantined
    from banking_account as b
    join heads as h on h.bank_account_id = b.id
    join ledger_account as g on g.entity_id = b.entity_id and g.id = b.gl_account_id
    left join after_head as t on t.bank_account_id = b.id
    left join waiting as w on w.bank_account_id = b.id
    left join ledger as d on d.gl_account_id = b.gl_account_id and d.currency = b.currency
    left join explained as x on x.bank_account_id = b.id
    where b.entity_id = %(entity)s
)
select f.*, f.statement_minor - f.ledger_minor as difference_minor,
    f.statement_minor - f.ledger_minor - f.explained_minor as unexplained_minor
from figures as f
order by f.name, f.bank_account_id;
