-- The money of these refunds.
select item_id as id from payments_refund_item where entity_id = %(entity)s and refund_id = any(%(ids)s) order by item_id;
