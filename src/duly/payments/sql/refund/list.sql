-- Refunds: one, those of an account or of some states, or all; newest first, continued after the last one shown.
select r.id, n.number, r.account_id, a.number as account_number, a.name as account_name, r.party_id, p.kind as party_kind,
    r.currency, r.amount_minor, r.bank_detail_id, d.last4, r.reason, r.state, r.again_of_id, r.requested_by,
    r.requested_by_name, r.requested_on, r.approved_by, r.approved_by_name, r.approved_on, r.accepted_warnings,
    r.refused_by_name, r.refused_because, r.file_id, f.message_id, r.receipt_id, r.released_by_name, r.released_on,
    r.seen_key, r.seen_on, r.closed_on, r.closed_by_name, r.returned_on, r.returned_because
from payments_refund as r
join receivables_account as a on a.entity_id = r.entity_id and a.id = r.account_id
join parties_party as p on p.entity_id = r.entity_id and p.id = r.party_id
join parties_bank_detail as d on d.entity_id = r.entity_id and d.id = r.bank_detail_id
left join payments_refund_file as f on f.entity_id = r.entity_id and f.id = r.file_id
left join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'refund' and n.document_id = r.id
where r.entity_id = %(entity)s
    and (%(ids)s::bigint[] is null or r.id = any(%(ids)s::bigint[]))
    and (%(number)s::text is null or n.number = %(number)s)
    and (%(account)s::bigint is null or r.account_id = %(account)s)
    and (%(states)s::text[] is null or r.state = any(%(states)s::text[]))
    and (%(before)s::bigint is null or r.id < %(before)s)
order by r.id desc
limit %(limit)s;
