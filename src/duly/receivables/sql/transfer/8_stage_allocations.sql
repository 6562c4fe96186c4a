-- What was moved is settled by what moved it; a transfer taken back settles its own first leg, too.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, case when s.side > 0 then s.item_id else s.out_item_id end,
    case when s.side > 0 then s.out_item_id else s.item_id end, s.amount_minor, 'moved to another account'
from staged_transfer as s
union all
select %(entity)s, case when s.side > 0 then s.in_item_id else t.out_item_id end,
    case when s.side > 0 then t.out_item_id else s.in_item_id end, s.amount_minor, 'transfer taken back'
from staged_transfer as s
join receivables_transfer as t on t.entity_id = %(entity)s and t.id = s.reverses_id;
