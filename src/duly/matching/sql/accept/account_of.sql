-- Whose money a proposal says it is.
select account_id from matching_proposal where entity_id = %(entity)s and id = %(id)s;
