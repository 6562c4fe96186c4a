-- The items stay on the account for a purpose; one that does already is left as it is.
insert into receivables_on_account (entity_id, account_id, item_id, reason, review_on, placed_by, placed_at)
select i.entity_id, i.account_id, i.id, %(reason)s, %(review_on)s, %(by)s, %(at)s
from receivables_item as i
where i.entity_id = %(entity)s and i.id = any(%(ids)s)
order by i.id
on conflict (entity_id, item_id) where released_at is null do nothing
returning id;
