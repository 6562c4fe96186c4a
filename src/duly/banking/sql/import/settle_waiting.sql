-- The statement has left quarantine.
update banking_statement
set state = %(state)s, chain_no = %(chain_no)s, gap_accepted_minor = %(gap_minor)s, problem = %(problem)s
where entity_id = %(entity)s and id = %(id)s and state = 'quarantined';
