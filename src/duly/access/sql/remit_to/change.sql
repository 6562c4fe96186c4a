-- From now on documents ask for payment to this account.
update access_entity set bank = %(bank)s::jsonb where id = %(entity)s;
