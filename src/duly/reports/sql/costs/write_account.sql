-- A colleague's bank account is known by its hash.
insert into reports_staff_account (entity_id, user_id, account_hash, last4, noted_on, noted_by)
values (%(entity)s, %(user)s, %(hash)s, %(last4)s, %(today)s, %(by)s)
on conflict (entity_id, user_id, account_hash) do nothing
returning id;
