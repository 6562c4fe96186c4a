-- The snapshot that says what the entity says of itself now.
select s.id
from access_entity as e
join invoicing_seller as s
    on s.entity_id = e.id
    and s.content_hash = sha256(convert_to((to_jsonb(e) - array['id', 'created_at', 'public_id'])::text, 'UTF8'))
where e.id = %(entity)s;
