-- A report goes out in a rhythm.
insert into reports_schedule (entity_id, report, title, asked, format, cadence, to_users, first_on, next_on, made_by, made_by_name,
    made_at)
values (%(entity)s, %(report)s, %(title)s, %(asked)s, %(format)s, %(cadence)s, %(to_users)s, %(next_on)s, %(next_on)s, %(by)s,
    %(by_name)s, %(at)s)
returning id;
