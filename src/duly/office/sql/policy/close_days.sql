-- These days are closed days of the office.
insert into office_closed_day (entity_id, day, name)
select %(entity)s, day, %(name)s from unnest(%(days)s::date[]) as day
on conflict do nothing;
