-- The lines are placed.
update banking_line as l
set state = 'placed', version = l.version + 1, placed_by = %(by_name)s, placed_at = %(at)s,
    placed_as = case when s.parts > 1 then 'split' else s.kind end
from (select line_id, count(*) as parts, min(kind) as kind from staged_placement group by line_id) as s
where l.entity_id = %(entity)s and l.id = s.line_id and l.state = 'open';
