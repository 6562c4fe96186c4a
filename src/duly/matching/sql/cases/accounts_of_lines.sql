-- The accounts these lines are or were placed on.
select distinct account_id as id from banking_placement
where entity_id = %(entity)s and line_id = any(%(lines)s) and account_id is not null
limit %(limit)s;
