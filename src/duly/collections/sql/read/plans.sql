-- Payment plans, newest first.
select p.id, p.account_id, p.currency, p.amount_minor, p.paid_minor, p.grace_days, p.state, p.starts_on, p.note, p.ended_on,
    p.ended_why, p.made_by, (
        select count(*) from collections_plan_item as t where t.entity_id = p.entity_id and t.plan_id = p.id) as items
from collections_plan as p
where p.entity_id = %(entity)s and (%(account)s::bigint is null or p.account_id = %(account)s)
    and (%(id)s::bigint is null or p.id = %(id)s)
order by p.id desc;
