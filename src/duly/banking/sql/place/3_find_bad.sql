-- Names the first staged placement that cannot stand, and why.
with whole as (
    select line_id, sum(amount_minor) as minor from staged_placement group by line_id
),
brought as (
    select d.placement_id, sum(r.amount_minor) as minor, count(*) filter (where r.currency <> l.currency) as strange
    from staged_deposit as d
    join staged_placement as s on s.placement_id = d.placement_id
    join banking_line as l on l.entity_id = %(entity)s and l.id = s.line_id
    join payments_receipt as r on r.entity_id = %(entity)s and r.id = d.receipt_id
    group by d.placement_id
),
judged as (
    select s.line_id, case
        when l.id is null then 'unknown_line'
        when l.state = 'placed' then 'line_is_placed_already'
        when l.state <> 'open' then 'line_is_not_open'
        when s.line_version <> l.version then 'line_changed_meanwhile'
        when w.minor <> l.amount_minor then 'parts_do_not_add_up'
        when s.amount_minor = 0 then 'part_of_nothing'
        when s.kind = 'receipt' and s.amount_minor < 0 then 'receipt_must_be_money_in'
        when s.kind in ('return', 'refund') and s.amount_minor > 0 then 'return_must_be_money_out'
        when s.kind in ('receipt', 'return', 'refund') and s.account_id is null then 'account_missing'
        when s.kind in ('unidentified', 'ledger', 'deposit') and s.gl_account_id is null then 'ledger_account_missing'
        when s.kind = 'ledger' and g.control is not null then 'control_account_needs_an_open_item'
        when s.kind = 'ledger' and g.id = b.gl_account_id then 'line_placed_on_its_own_account'
        when s.kind = 'deposit' and d.minor is distinct from s.amount_minor then 'receipts_do_not_add_up'
        when s.kind = 'deposit' and d.strange > 0 then 'currencies_differ'
        end as problem
    from staged_placement as s
    left join banking_line as l on l.entity_id = %(entity)s and l.id = s.line_id
    left join banking_account as b on b.entity_id = %(entity)s and b.id = l.bank_account_id
    left join ledger_account as g on g.entity_id = %(entity)s and g.id = s.gl_account_id
    left join whole as w on w.line_id = s.line_id
    left join brought as d on d.placement_id = s.placement_id
)
select problem, line_id from judged where problem is not null order by line_id limit 1;
