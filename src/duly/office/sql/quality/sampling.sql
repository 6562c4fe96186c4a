-- The seed of an office and the last event it looked at.
select seed, sampled_through from office_sampling where entity_id = %(entity)s for update skip locked;
