-- The transfers are on record.
insert into receivables_transfer (entity_id, id, item_id, from_account_id, to_account_id, currency, amount_minor,
    out_item_id, in_item_id, effective_on, reason, reverses_id, by_id, by_name, at)
select %(entity)s, transfer_id, item_id, from_account_id, to_account_id, currency, side * amount_minor, out_item_id,
    in_item_id, effective_on, %(reason)s, reverses_id, %(by_id)s, %(by_name)s, %(at)s
from staged_transfer
order by transfer_id;
