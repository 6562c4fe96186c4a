-- Refunds that came back wait until they are asked for anew or their money is used.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, maker_id)
select 'returned', 'refund', r.id, n.number, a.name, r.account_id, 'It came back: ' || r.returned_because,
    r.amount_minor, r.currency, r.returned_on, null::bigint
from payments_refund as r
join receivables_account as a on a.entity_id = r.entity_id and a.id = r.account_id
join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'refund' and n.document_id = r.id
where r.entity_id = %(entity)s and r.state = 'returned'
    and (%(accounts)s::bigint[] is null or r.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or r.id = any(%(ids)s::bigint[]))
    and not exists (
        select 1 from payments_refund as again where again.entity_id = r.entity_id and again.again_of_id = r.id)
    and exists (
        select 1 from payments_refund_item as x
        join receivables_item as i on i.entity_id = x.entity_id and i.id = x.item_id and i.open_minor < 0
        where x.entity_id = r.entity_id and x.refund_id = r.id);
