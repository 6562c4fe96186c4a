-- Each write-off settles what it writes off.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, case when side > 0 then item_id else write_off_item_id end,
    case when side > 0 then write_off_item_id else item_id end, amount_minor, %(reason)s
from staged_write_off;
