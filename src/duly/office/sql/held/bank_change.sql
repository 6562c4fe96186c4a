-- Changes of bank details wait for the call and for the second person; who asked is neither.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, maker_id)
select 'bank_change', 'bank_change', c.id, 'Bank account …' || c.last4, p.name, null,
    case c.state when 'requested' then 'To be called back: ' else 'To be confirmed: ' end || c.reason, null, null,
    c.requested_on, c.requested_by
from parties_bank_change as c
join parties_party as p on p.entity_id = c.entity_id and p.id = c.party_id
where c.entity_id = %(entity)s and c.state in ('requested', 'called_back') and %(accounts)s::bigint[] is null
    and (%(ids)s::bigint[] is null or c.id = any(%(ids)s::bigint[]));
