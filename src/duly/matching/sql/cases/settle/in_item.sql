-- The item a transfer put on the other account.
select in_item_id from receivables_transfer where entity_id = %(entity)s and id = %(id)s;
