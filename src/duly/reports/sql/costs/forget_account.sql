-- A colleague's bank account is known no more.
delete from reports_staff_account where entity_id = %(entity)s and id = %(id)s;
