-- Closed periods whose picture or hash is not what the postings give today.
with now_is as (
    select p.id as period_id, d.gl_account_id, d.currency, sum(d.debit_minor) as debit_minor,
        sum(d.credit_minor) as credit_minor
    from ledger_period as p
    join ledger_daily as d on d.entity_id = p.entity_id and d.on_day <= p.ends_on
    where p.entity_id = %(entity)s and p.state = 'closed'
    group by p.id, d.gl_account_id, d.currency
)
select p.starts_on,
    case when p.closed_hash is distinct from ledger_closed_hash(p.entity_id, p.id, p.closed_block)
        then 'its hash is not that of its trial balance'
        else 'its trial balance is not the one it was closed with' end as detail
from ledger_period as p
where p.entity_id = %(entity)s and p.state = 'closed' and (
    p.closed_hash is distinct from ledger_closed_hash(p.entity_id, p.id, p.closed_block)
    or exists (
        select 1
        from (select * from ledger_snapshot where entity_id = %(entity)s and period_id = p.id) as s
        full join (select * from now_is where period_id = p.id) as n
            on n.gl_account_id = s.gl_account_id and n.currency = s.currency
        where (s.debit_minor, s.credit_minor) is distinct from (n.debit_minor, n.credit_minor)))
order by p.starts_on;
