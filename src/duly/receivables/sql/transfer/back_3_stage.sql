-- Each of these transfers goes the other way.
insert into staged_transfer (item_id, to_account_id, amount_minor, reverses_id)
select t.in_item_id, t.from_account_id, abs(t.amount_minor), t.id
from receivables_transfer as t
where t.entity_id = %(entity)s and t.id = any(%(ids)s)
order by t.id;
