-- What is next for each of these accounts: the hold that asks for a decision, money to apply, the next agreement bill.
select a.id as account_id,
    (select min(h.deadline_on) from receivables_hold as h
        where h.entity_id = a.entity_id and h.account_id = a.id and h.released_at is null) as hold_until,
    (select coalesce(-sum(i.open_minor), 0)::bigint from receivables_item as i
        where i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor <> 0 and i.open_minor < 0
            and i.currency = a.currency) as to_apply_minor
from receivables_account as a
where a.entity_id = %(entity)s and a.id = any(%(ids)s);
