-- The opening balance of a bank account is one entry.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, actor_id)
values (%(entity)s, 'bank_opening', %(id)s, %(day)s, 'balance before the first statement', %(actor)s);
