-- Each transfer is one entry: the same control account, another customer.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, actor_id)
select %(entity)s, 'transfer', transfer_id, effective_on, %(reason)s, %(actor)s
from staged_transfer;
