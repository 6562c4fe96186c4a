-- Each transfer is two open items: one that settles what leaves, one that stands for it on the other account, due when
-- the moved item was.
insert into staged_item (entity_id, item_id, account_id, kind, document_id, gl_account_id, currency, issued_on, due_on,
    amount_minor)
select %(entity)s, leg.item_id, leg.account_id, leg.kind, s.transfer_id, s.gl_account_id, s.currency, s.effective_on,
    leg.due_on, leg.minor
from staged_transfer as s
cross join lateral (values
    (s.out_item_id, s.from_account_id, 'transfer_out', s.effective_on, -s.side * s.amount_minor),
    (s.in_item_id, s.to_account_id, 'transfer', s.due_on, s.side * s.amount_minor)
) as leg (item_id, account_id, kind, due_on, minor);
