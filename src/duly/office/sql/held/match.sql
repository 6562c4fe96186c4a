-- Bank lines that have no home in the books yet are held, with what the matching engine found.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on)
select 'match', 'bank_line', l.id, b.name, coalesce(nullif(l.payer_name, ''), 'Unknown payer'), p.account_id,
    coalesce(nullif(r.sentence, ''), nullif(l.text, ''), nullif(l.structured_reference, ''), 'Nobody has looked at it yet'),
    l.amount_minor, l.currency, l.booked_on
from banking_line as l
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
left join matching_result as r on r.entity_id = l.entity_id and r.line_id = l.id and r.state <> 'done'
left join matching_proposal as p on p.entity_id = r.entity_id and p.id = r.proposal_id
where l.entity_id = %(entity)s and l.state = 'open'
    and (%(accounts)s::bigint[] is null or p.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or l.id = any(%(ids)s::bigint[]));
