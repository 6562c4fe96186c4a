-- Holds that nobody has released are held, with what the account owes.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, deadline_hint, owner_hint)
select 'hold', 'hold', h.id, a.number, a.name, h.account_id, h.reason,
    coalesce((select sum(i.open_minor) from receivables_item as i
        where i.entity_id = h.entity_id and i.account_id = h.account_id and i.open_minor <> 0
            and i.currency = a.currency), 0)::bigint,
    a.currency, (h.placed_at at time zone e.zone)::date, h.deadline_on, h.owner_id
from receivables_hold as h
join access_entity as e on e.id = h.entity_id
join receivables_account as a on a.entity_id = h.entity_id and a.id = h.account_id
where h.entity_id = %(entity)s and h.released_at is null
    and (%(accounts)s::bigint[] is null or h.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or h.id = any(%(ids)s::bigint[]));
