-- A journal stands as it was written, posted or waiting.
insert into ledger_journal (entity_id, effective_on, memo, state, lines, made_by, made_by_name, created_at)
values (%(entity)s, %(effective_on)s, %(memo)s, %(state)s, %(lines)s::jsonb, %(by)s, %(by_name)s, %(at)s)
returning id;
