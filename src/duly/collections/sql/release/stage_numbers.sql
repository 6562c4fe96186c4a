-- Each late charge of this transaction gets its number.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
select c.entity_id, 'late_charge', c.id, c.charged_on, c.id
from collections_letter as l
join collections_charge as c on c.entity_id = l.entity_id and c.letter_id = l.id
where l.entity_id = %(entity)s and l.run_id = %(run)s and l.chunk = %(chunk)s and l.state = 'released';
