-- Whether a later amendment of the same line stands on these.
select exists (
    select from commercial_amendment as m
    join commercial_amendment as later
        on later.entity_id = m.entity_id and later.agreement_id = m.agreement_id and later.id > m.id
        and later.undone_at is null and later.after -> 'line' = m.after -> 'line'
    where m.entity_id = %(entity)s and m.id = any(%(ids)s) and not later.id = any(%(ids)s));
