-- The best proposals that wait for a person, one a line.
select p.id
from matching_proposal as p
join banking_line as l on l.entity_id = p.entity_id and l.id = p.line_id and l.state = 'open'
where p.entity_id = %(entity)s and p.state = 'proposed' and p.rank = 1 and p.confidence = 'likely'
order by p.id;
