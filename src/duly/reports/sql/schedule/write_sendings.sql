-- One mail for each person of a schedule who works here today; the same day twice is once.
insert into reports_sending (entity_id, schedule_id, as_of, to_address, user_id)
select s.entity_id, s.id, %(today)s, u.email, u.id
from reports_schedule as s
cross join unnest(s.to_users) as t (user_id)
join access_user as u on u.id = t.user_id and u.is_active
where s.entity_id = %(entity)s and s.id = any(%(ids)s)
    and exists (
        select 1 from access_membership as m where m.entity_id = s.entity_id and m.user_id = u.id)
on conflict (entity_id, schedule_id, as_of, user_id) do nothing;
