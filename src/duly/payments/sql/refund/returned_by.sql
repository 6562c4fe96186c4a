-- Refunds that came back by one of these lines.
select id from payments_refund where entity_id = %(entity)s and returned_key = any(%(keys)s) order by id;
