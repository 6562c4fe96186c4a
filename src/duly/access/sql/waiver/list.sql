-- Every waiver with the person it is for, the newest first.
select w.id, w.user_id, u.name as person, w.reason, w.signed_by, w.signed_by_name, w.signed_at, w.from_on, w.until_on,
    w.ended_on
from access_waiver as w
join access_user as u on u.id = w.user_id
where w.entity_id = %(entity)s
order by w.id desc;
