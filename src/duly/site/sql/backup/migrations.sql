-- The migrations that made this schema.
select app || '.' || name as name from django_migrations order by app, name;
