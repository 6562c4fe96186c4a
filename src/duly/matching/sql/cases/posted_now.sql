-- What this transaction has posted so far, net by ledger account, debits first.
select g.code, g.name, p.currency, sum(p.amount_minor)::bigint as amount_minor
from ledger_entry as e
join ledger_posting as p on p.entity_id = e.entity_id and p.entry_id = e.id
join ledger_account as g on g.entity_id = p.entity_id and g.id = p.gl_account_id
where e.entity_id = %(entity)s and e.xid = pg_current_xact_id()
    and e.id > %(after)s
group by g.code, g.name, p.currency
having sum(p.amount_minor) <> 0
order by sum(p.amount_minor) < 0, g.code;
