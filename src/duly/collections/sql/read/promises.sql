-- Promises, newest first.
select id, account_id, amount_minor, currency, promised_on, grace_days, made_on, made_with, note, state, received_minor,
    settled_on, seen_by, made_by
from collections_promise
where entity_id = %(entity)s and (%(account)s::bigint is null or account_id = %(account)s)
    and (%(id)s::bigint is null or id = %(id)s)
order by id desc;
