-- The schemes of payment references the entity's documents carry or carried, the current one first.
select scheme, is_current from receivables_reference_scheme where entity_id = %(entity)s order by is_current desc, scheme;
