-- The last block's hash.
select encode(block_hash, 'hex') from events_block order by id desc limit 1;
