-- The waiver is signed; returns its id.
insert into access_waiver (entity_id, user_id, reason, signed_by, signed_by_name, signed_at, from_on, until_on)
values (%(entity)s, %(user)s, %(reason)s, %(by)s, %(by_name)s, %(at)s, %(from_on)s, %(until_on)s)
returning id;
