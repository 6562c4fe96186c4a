-- How a piece of work came to where it is, newest first.
select s.version, s.verb, s.note, s.at, s.by_name, u.name as owner, s.state, s.reason, s.money_minor, s.deadline_on,
    s.return_on
from office_step as s
left join access_user as u on u.id = s.owner_id
where s.entity_id = %(entity)s and s.work_id = %(work)s and (%(version)s::int is null or s.version = %(version)s)
order by s.version desc, s.id desc
limit %(limit)s;
