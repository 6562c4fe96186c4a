-- A sign-in attempt is on record.
insert into access_sign_in_attempt (email, address, at, succeeded) values (lower(%(email)s), %(address)s, %(at)s, %(succeeded)s);
