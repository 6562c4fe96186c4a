-- Changes of a payer's bank details wait for a call-back, a second person, and the end of their cooling period.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, next_act, money_minor,
    currency, since_on, maker_id)
select 'bank_change', 'bank_change', b.id, p.name, p.name, null,
    b.reason || ', asked for by ' || b.requested_by_name,
    case b.state when 'requested' then 'Call back' when 'called_back' then 'Confirm it' else 'Bring it into force' end,
    null, null, coalesce(b.cooling_until_on, b.requested_on), b.requested_by
from parties_bank_change as b
join parties_party as p on p.entity_id = b.entity_id and p.id = b.party_id
where b.entity_id = %(entity)s and %(accounts)s::bigint[] is null
    and (b.state in ('requested', 'called_back') or (b.state = 'confirmed' and b.cooling_until_on <= %(today)s::date))
    and (%(ids)s::bigint[] is null or b.id = any(%(ids)s::bigint[]));
