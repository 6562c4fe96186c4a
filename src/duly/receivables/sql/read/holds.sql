-- The holds of an account, newest first.
select h.id, h.account_id, h.scope, h.reason, h.note, h.owner_id, h.deadline_on, h.placed_at, h.placed_by,
    h.released_at, h.released_by
from receivables_hold as h
where h.entity_id = %(entity)s and h.account_id = %(account)s and (not %(current_only)s or h.released_at is null)
order by h.id desc;
