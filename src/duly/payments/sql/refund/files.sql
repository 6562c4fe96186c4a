-- Payment files, newest first, or one.
select id, format, message_id, bank_account_id, currency, execute_on, refunds, total_minor, sha256, state, made_by_name,
    made_at
from payments_refund_file
where entity_id = %(entity)s and (%(id)s::bigint is null or id = %(id)s)
order by id desc
limit %(limit)s;
