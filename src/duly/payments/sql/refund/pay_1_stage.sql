-- Each refund takes its money out: a receipt below zero against the clearing account, until the bank shows it.
insert into staged_receipt (entity_id, account_id, kind, currency, amount_minor, received_on, posted_on, method, source_key,
    gl_account_id, payer_name, reference, note)
select r.entity_id, r.account_id, 'refund', r.currency, -r.amount_minor, %(today)s, %(today)s, 'bank',
    'refund:' || r.id || ':' || %(file)s, l.id, a.name, coalesce(n.number, ''), r.reason
from payments_refund as r
join receivables_account as a on a.entity_id = r.entity_id and a.id = r.account_id
join ledger_account as l on l.entity_id = r.entity_id and l.code = %(clearing)s
left join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'refund' and n.document_id = r.id
where r.entity_id = %(entity)s and r.id = any(%(ids)s)
order by r.id;
