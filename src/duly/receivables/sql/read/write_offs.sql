-- Write-offs, newest first, continued after the last one shown.
select w.id, n.number, w.account_id, a.number as account_number, a.name as account_name, w.item_id, w.currency,
    w.amount_minor, l.code as gl_code, w.effective_on, w.reason, w.note, w.rule, w.by_name, w.at, w.batch_id,
    exists (
        select 1 from receivables_write_off as r where r.entity_id = w.entity_id and r.reverses_id = w.id) as taken_back,
    w.reverses_id
from receivables_write_off as w
join receivables_account as a on a.entity_id = w.entity_id and a.id = w.account_id
join ledger_account as l on l.entity_id = w.entity_id and l.id = w.gl_account_id
left join receivables_number as n
    on n.entity_id = w.entity_id and n.document_kind = 'write_off' and n.document_id = w.id
where w.entity_id = %(entity)s
    and (%(account)s::bigint is null or w.account_id = %(account)s)
    and (%(day)s::date is null or (w.effective_on, w.id) < (%(day)s::date, %(last_id)s::bigint))
order by w.effective_on desc, w.id desc
limit %(limit)s;
