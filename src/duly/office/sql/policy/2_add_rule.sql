-- A new assignment rule is in force.
insert into office_rule (entity_id, place, name, kind, at_least_minor, at_most_minor, currency, account_from, account_to,
    language, skill, method, people)
values (%(entity)s, %(place)s, %(name)s, %(kind)s, %(at_least_minor)s, %(at_most_minor)s, %(currency)s, %(account_from)s,
    %(account_to)s, %(language)s, %(skill)s, %(method)s, %(people)s::bigint[])
returning id;
