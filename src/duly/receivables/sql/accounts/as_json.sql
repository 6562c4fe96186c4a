-- An account as JSON, for the record of what it was before a change.
select to_jsonb(a) from receivables_account as a where a.entity_id = %(entity)s and a.id = %(id)s;
