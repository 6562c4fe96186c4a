-- Colleagues' bank accounts, by their last digits only.
select s.id, u.name as person, s.last4, s.noted_on, s.noted_by
from reports_staff_account as s
join access_user as u on u.id = s.user_id
where s.entity_id = %(entity)s
order by u.name, s.id;
