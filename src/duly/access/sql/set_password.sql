-- The person signs in with this password from now on; sessions begun with the former one end.
update access_user set password = %(password)s where id = %(user)s and is_active;
