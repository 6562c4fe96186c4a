-- A snapshot of what the entity says of itself exists.
insert into invoicing_seller (entity_id, content, content_hash)
select e.id, to_jsonb(e) - array['id', 'created_at', 'public_id'],
    sha256(convert_to((to_jsonb(e) - array['id', 'created_at', 'public_id'])::text, 'UTF8'))
from access_entity as e
where e.id = %(entity)s
on conflict (entity_id, content_hash) do nothing;
