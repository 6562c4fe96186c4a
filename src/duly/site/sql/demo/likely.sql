-- Open bank lines whose payer is known by what was proposed, one account a line.
select distinct on (l.id) l.id, p.account_id
from matching_proposal as p
join banking_line as l on l.entity_id = p.entity_id and l.id = p.line_id and l.state = 'open'
where p.entity_id = %(entity)s and p.state = 'proposed' and p.account_id is not null
order by l.id, p.rank;
