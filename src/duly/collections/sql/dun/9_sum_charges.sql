-- Each letter knows what it costs.
update collections_letter as l
set charges_minor = c.minor
from (
    select s.letter_id, sum(s.amount_minor) as minor
    from collections_letter_charge as s
    join dunning_letter as d on d.letter_id = s.letter_id and s.currency = d.currency
    where s.entity_id = %(entity)s
    group by s.letter_id
) as c
where l.entity_id = %(entity)s and l.id = c.letter_id;
