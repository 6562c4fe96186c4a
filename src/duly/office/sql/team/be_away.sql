-- Somebody is away, and somebody covers.
insert into office_absence (entity_id, user_id, cover_id, from_on, back_on, note, made_by, made_by_name)
values (%(entity)s, %(user)s, %(cover)s, %(from_on)s, %(back_on)s, %(note)s, %(by_id)s, %(by_name)s)
returning id;
