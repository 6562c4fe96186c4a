-- Each document leaves by its account's channel once the transaction has committed.
insert into staged_outbox (entity_id, kind, topic, subject_kind, subject_id, account_id, dedup_key, not_before)
select %(entity)s, case a.delivery when 'email' then 'mail' else 'file' end,
    case a.delivery when 'post' then 'invoice.print' else 'invoice.send' end, 'invoice', d.id, d.account_id,
    'invoice:' || d.id || ':1', %(not_before)s
from issuing_document as d
join receivables_account as a
    on a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = d.account_id
where a.delivery <> 'none'
order by d.id;
