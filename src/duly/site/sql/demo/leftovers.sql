-- Open bank lines nobody proposed anything for.
select l.id, l.amount_minor, l.text
from banking_line as l
where l.entity_id = %(entity)s and l.state = 'open'
    and not exists (select 1 from matching_proposal as p where p.entity_id = l.entity_id and p.line_id = l.id and p.state = 'proposed')
order by l.id;
