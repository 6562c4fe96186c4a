-- Day totals include the staged postings; the shard of this connection, so that writers do not wait for each other.
insert into ledger_daily as daily
    (entity_id, gl_account_id, currency, on_day, shard, debit_minor, credit_minor, postings)
select p.entity_id, p.gl_account_id, p.currency, e.effective_on, pg_backend_pid() %% 16,
    coalesce(sum(p.amount_minor) filter (where p.amount_minor > 0), 0),
    coalesce(-sum(p.amount_minor) filter (where p.amount_minor < 0), 0),
    count(*)
from staged_posting as p
join staged_entry as e on e.entity_id = p.entity_id and e.entry_id = p.entry_id
where p.amount_minor <> 0
group by p.entity_id, p.gl_account_id, p.currency, e.effective_on
order by p.entity_id, p.gl_account_id, p.currency, e.effective_on
on conflict (entity_id, gl_account_id, currency, on_day, shard) do update set
    debit_minor = daily.debit_minor + excluded.debit_minor,
    credit_minor = daily.credit_minor + excluded.credit_minor,
    postings = daily.postings + excluded.postings;
