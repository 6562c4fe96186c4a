-- Five looks for what should not be, between two days. None proves anything: each names what a person should look at.
with lapping as (
    -- The bank account is known as another customer's, and was so before this payment.
    select 'lapping' as look, p.by_name as person, a.number as account, a.name, coalesce(n.number, '') as number,
        l.booked_on as "on", p.currency, p.amount_minor,
        'paid from a bank account of ' || other.name || ', credited to ' || a.name as detail
    from banking_placement as p
    join banking_line as l on l.entity_id = p.entity_id and l.id = p.line_id and l.payer_account_hash is not null
    join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
    join parties_bank_detail as d
        on d.entity_id = l.entity_id and d.account_hash = l.payer_account_hash and d.party_id <> a.party_id
        and d.first_seen_on < l.booked_on
    join parties_party as other on other.entity_id = d.entity_id and other.id = d.party_id
    left join receivables_number as n
        on n.entity_id = p.entity_id and n.document_kind = 'receipt' and n.document_id = p.receipt_id
    where p.entity_id = %(entity)s and p.kind = 'receipt' and p.undone_on is null
        and l.booked_on between %(from_on)s and %(to_on)s
        and not exists (
            select 1 from parties_bank_detail as own
            where own.entity_id = d.entity_id and own.account_hash = d.account_hash and own.party_id = a.party_id
                and own.first_seen_on < l.booked_on)
),
late as (
    select 'late' as look, coalesce(u.name, 'Duly') as person, a.number, a.name, coalesce(n.number, '') as document,
        r.received_on, s.currency, s.amount_minor,
        'applied ' || (s.effective_on - r.received_on) || ' days after it came' as detail
    from receivables_allocation as s
    join receivables_item as i on i.entity_id = s.entity_id and i.id = s.credit_item_id and i.kind = 'payment'
    join payments_receipt as r on r.entity_id = i.entity_id and r.id = i.document_id and r.kind = 'receipt'
    join receivables_account as a on a.entity_id = s.entity_id and a.id = s.account_id
    left join access_user as u on u.id = s.actor_id
    left join receivables_number as n
        on n.entity_id = r.entity_id and n.document_kind = 'receipt' and n.document_id = r.id
    where s.entity_id = %(entity)s and s.amount_minor > 0 and s.effective_on between %(from_on)s and %(to_on)s
        and s.effective_on - r.received_on > %(late_days)s
),
limits as (
    select 'limit' as look, w.by_name, a.number, a.name, coalesce(n.number, '') as document, w.effective_on, w.currency,
        w.amount_minor, round(100.0 * w.amount_minor / m.limit_minor) || ' %% of the limit of '
            || matching_money(m.limit_minor, w.currency) || ' as ' || m.role as detail
    from receivables_write_off as w
    join receivables_account as a on a.entity_id = w.entity_id and a.id = w.account_id
    join access_membership as b on b.entity_id = w.entity_id and b.user_id = w.by_id
    join access_role_limit as m
        on m.entity_id = b.entity_id and m.role = b.role and m.currency = w.currency and m.limit_minor > 0
        and m.right_name in ('writeoffs.small', 'writeoffs.make', 'discrepancies.resolve')
        and w.effective_on >= m.valid_from and (m.valid_to is null or w.effective_on < m.valid_to)
        and w.amount_minor between m.limit_minor * 0.9 and m.limit_minor
    left join receivables_item as i on i.entity_id = w.entity_id and i.id = w.write_off_item_id
    left join receivables_number as n
        on n.entity_id = i.entity_id and n.document_kind = i.kind and n.document_id = i.document_id
    where w.entity_id = %(entity)s and w.reverses_id is null and w.effective_on between %(from_on)s and %(to_on)s
),
after_credit as (
    select 'refund' as look, f.requested_by_name, a.number, a.name, coalesce(n.number, '') as document, f.requested_on,
        f.currency, f.amount_minor, 'asked for ' || (f.requested_on - v.issued_on) || ' days after credit note '
            || coalesce(m.number, '') || ' of ' || matching_money(-v.total_minor, v.currency) as detail
    from payments_refund as f
    join receivables_account as a on a.entity_id = f.entity_id and a.id = f.account_id
    join lateral (
        select v.id, v.issued_on, v.total_minor, v.currency from invoicing_invoice as v
        where v.entity_id = f.entity_id and v.account_id = f.account_id and v.kind = 'credit_note'
            and v.issued_on between f.requested_on - 30 and f.requested_on and -v.total_minor >= f.amount_minor
        order by v.issued_on desc, v.id desc
        limit 1
    ) as v on true
    left join receivables_number as n
        on n.entity_id = f.entity_id and n.document_kind = 'refund' and n.document_id = f.id
    left join receivables_number as m
        on m.entity_id = f.entity_id and m.document_kind = 'credit_note' and m.document_id = v.id
    where f.entity_id = %(entity)s and f.requested_on between %(from_on)s and %(to_on)s
),
shared as (
    select 'shared' as look, f.requested_by_name, a.number, a.name, coalesce(n.number, '') as document, f.requested_on,
        f.currency, f.amount_minor, 'to the bank account ending in ' || d.last4 || ', which is also of ' || o.whose as detail
    from payments_refund as f
    join parties_bank_detail as d on d.entity_id = f.entity_id and d.id = f.bank_detail_id
    join receivables_account as a on a.entity_id = f.entity_id and a.id = f.account_id
    join lateral (
        select string_agg(whose, ', ' order by whose) as whose from (
            select p.name as whose
            from parties_bank_detail as x
            join parties_party as p on p.entity_id = x.entity_id and p.id = x.party_id
            where x.entity_id = d.entity_id and x.account_hash = d.account_hash and x.party_id <> d.party_id
            union
            select u.name || ', who works here'
            from reports_staff_account as s
            join access_user as u on u.id = s.user_id
            where s.entity_id = d.entity_id and s.account_hash = d.account_hash
        ) as owners
    ) as o on o.whose is not null
    left join receivables_number as n
        on n.entity_id = f.entity_id and n.document_kind = 'refund' and n.document_id = f.id
    where f.entity_id = %(entity)s and f.requested_on between %(from_on)s and %(to_on)s
)
select * from (
    select * from lapping
    union all select * from late
    union all select * from limits
    union all select * from after_credit
    union all select * from shared
) as seen
where %(look)s = 'all' or look = %(look)s
order by look, "on", account, number;
