-- How many statements are on their way, and how many are held.
select count(*) filter (where s.state = 'queued') as queued, count(*) filter (where s.state = 'held') as held
from statement_made as m
join collections_statement as s on s.entity_id = %(entity)s and s.id = m.statement_id;
