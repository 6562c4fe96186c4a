-- Whether this database has been set up.
select to_regclass('access_entity') is not null;
