-- Somebody is on the stop list.
insert into collections_stop (entity_id, party_id, kind, channels, reason, until_on, placed_at, placed_by)
values (%(entity)s, %(party)s, %(kind)s, %(channels)s::text[], %(reason)s, %(until_on)s, %(at)s, %(by)s)
returning id;
