-- No scheme is the current one.
update receivables_reference_scheme set is_current = false where entity_id = %(entity)s and is_current;
