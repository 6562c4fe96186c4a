-- Their items are with nobody else.
update collections_handover_item set active = false
where entity_id = %(entity)s and handover_id = any(%(ids)s) and active;
