-- Lines that came without balances before now belong to the chained statement that proves them.
update banking_line as l
set statement_id = s.statement_id
from staged_bank_ordinal as o
join staged_bank_statement as s on s.place = o.place and s.state = 'chained' and s.adds = 'new'
where l.entity_id = %(entity)s and l.id = o.known_id and o.known_in = 'unchained';
