-- The proposal stands with its evidence.
insert into collections_loss_proposal (entity_id, as_of, currency, required_minor, booked_minor, change_minor, evidence,
    journal_id, made_by, made_at)
values (%(entity)s, %(as_of)s, %(currency)s, %(required)s, %(booked)s, %(change)s, %(evidence)s::jsonb, %(journal)s, %(by)s,
    %(at)s);
