-- The accounts whose money one act of matching applied, a few more than asked for at most.
select distinct account_id as id from matching_proposal
where entity_id = %(entity)s and batch_id = %(batch)s
limit %(limit)s;
