-- A person with this address exists; somebody who already does keeps name and password.
insert into access_user (email, name, password, language, created_at)
values (%(email)s, %(name)s, %(password)s, %(language)s, %(at)s)
on conflict (lower(email)) do update set is_active = true
returning id;
