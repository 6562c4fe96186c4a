-- What waits for a person: by deadline, then by money. `mine` leaves out what another person owns.
with held as materialized (
    select h.id, h.entity_id, h.account_id, h.reason, h.deadline_on, h.owner_id
    from receivables_hold as h
    where h.entity_id = %(entity)s and h.released_at is null
        and (not %(mine)s or h.owner_id = %(user)s or h.owner_id is null)
    order by h.deadline_on, h.id
    limit %(limit)s
),
holds as (
    select 'hold' as kind, h.id, a.number as subject, a.name as who, h.reason as what, h.deadline_on,
        h.owner_id, coalesce((
            select sum(i.open_minor) from receivables_item as i
            where i.entity_id = h.entity_id and i.account_id = h.account_id and i.open_minor <> 0
                and i.currency = a.currency), 0)::bigint as amount_minor, a.currency, 1 as things
    from held as h
    join receivables_account as a on a.entity_id = h.entity_id and a.id = h.account_id
),
surprises as (
    select 'surprise' as kind, s.id, a.number as subject, a.name as who, s.sentence as what, s.deadline_on,
        s.owner_id, s.at_stake_minor as amount_minor, s.currency, 1 as things
    from invoicing_surprise as s
    join receivables_account as a on a.entity_id = s.entity_id and a.id = s.account_id
    where s.entity_id = %(entity)s and s.state in ('open', 'held')
        and (not %(mine)s or s.owner_id = %(user)s or s.owner_id is null)
    order by s.deadline_on, s.at_stake_minor desc, s.id
    limit %(limit)s
),
runs as (
    select 'run' as kind, r.id, r.id::text as subject, r.made_by_name as who,
        r.note as what, r.issued_on as deadline_on, r.made_by as owner_id, null::bigint as amount_minor,
        null::char(3) as currency,
        (select sum(c.planned_accounts) from invoicing_run_chunk as c
            where c.entity_id = r.entity_id and c.run_id = r.id)::int as things
    from invoicing_run as r
    where r.entity_id = %(entity)s and r.state = 'planned'
    order by r.issued_on, r.id
    limit %(limit)s
),
bank as (
    select 'match' as kind, b.id::bigint, b.name as subject, b.bank_name as who, '' as what,
        o.oldest_on + 2 as deadline_on, null::bigint as owner_id, o.minor as amount_minor, b.currency,
        o.lines::int as things
    from banking_account as b
    cross join lateral (
        select count(*) as lines, min(l.booked_on) as oldest_on, sum(abs(l.amount_minor))::bigint as minor
        from (select booked_on, amount_minor from banking_line
            where entity_id = b.entity_id and bank_account_id = b.id and state = 'open' limit 1000) as l) as o
    where b.entity_id = %(entity)s and o.lines > 0
),
gaps as (
    select 'gap' as kind, s.id, b.name as subject, s.reference as who, s.problem as what, s.to_on as deadline_on,
        null::bigint as owner_id, s.sum_minor as amount_minor, b.currency, s.lines::int as things
    from banking_statement as s
    join banking_account as b on b.entity_id = s.entity_id and b.id = s.bank_account_id
    where s.entity_id = %(entity)s and s.state = 'quarantined'
    order by s.to_on, s.id
    limit %(limit)s
),
journals as (
    select 'journal' as kind, j.id, j.id::text as subject, j.made_by_name as who, j.memo as what,
        j.effective_on as deadline_on, j.made_by as owner_id, null::bigint as amount_minor, null::char(3) as currency,
        1 as things
    from ledger_journal as j
    where j.entity_id = %(entity)s and j.state = 'waiting'
    order by j.effective_on, j.id
    limit %(limit)s
)
select * from holds
union all select * from surprises
union all select * from runs
union all select * from bank
union all select * from gaps
union all select * from journals;
