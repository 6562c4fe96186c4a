-- The versions in force end on the day; planned ones are emptied where the amendment replaces what comes later.
update commercial_term as t
set valid_to = greatest(t.valid_from, s.from_on)
from staged_amendment as s
where t.entity_id = %(entity)s and t.account_id = s.account_id and t.agreement_id = s.agreement_id
    and t.line = s.line and s.old_term_id is not null
    and (t.id = s.old_term_id
        or (t.valid_from > s.from_on and (s.replace_later or s.ends)
            and (t.valid_to is null or t.valid_to > t.valid_from)));
