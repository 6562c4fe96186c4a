-- The person with this address.
select id from access_user where lower(email) = lower(%(email)s) and is_active;
