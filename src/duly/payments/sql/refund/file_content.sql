-- The sealed content of a file.
select content from payments_refund_file where entity_id = %(entity)s and id = %(id)s;
