-- Refunds that are returned wait for the next person; never for who asked for them where two people are needed.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, maker_id)
select 'returned', 'refund', r.id, coalesce(n.number, r.id::text), a.name, r.account_id,
    r.reason || ', sent back by the bank: ' || r.returned_because, r.amount_minor, r.currency,
    coalesce(r.returned_on, r.requested_on), null
from payments_refund as r
join receivables_account as a on a.entity_id = r.entity_id and a.id = r.account_id
left join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'refund' and n.document_id = r.id
where r.entity_id = %(entity)s and r.state = 'returned'
    and (%(accounts)s::bigint[] is null or r.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or r.id = any(%(ids)s::bigint[]))
    and not exists (select 1 from payments_refund as again where again.entity_id = r.entity_id and again.again_of_id = r.id);
