-- How many postings the entity has.
select sum(postings) from ledger_daily where entity_id = %(entity)s;
