-- The segment's policy of until now has ended; one that began today never was.
update collections_policy set valid_to = %(on)s
where entity_id = %(entity)s and segment = %(segment)s and valid_to is null;
