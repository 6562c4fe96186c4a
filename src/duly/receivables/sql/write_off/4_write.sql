-- The write-offs are on record; those that take one back carry what it was.
insert into receivables_write_off (entity_id, id, batch_id, account_id, item_id, write_off_item_id, currency, amount_minor,
    gl_account_id, effective_on, reason, note, rule, reverses_id, by_id, by_name, at)
select %(entity)s, write_off_id, %(batch)s, account_id, item_id, write_off_item_id, currency, side * amount_minor,
    gl_account_id, effective_on, %(reason)s, %(note)s, %(rule)s, reverses_id, %(by_id)s, %(by_name)s, %(at)s
from staged_write_off
order by write_off_id;
