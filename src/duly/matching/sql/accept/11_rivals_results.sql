-- Lines whose proposal has moved say so until they are proposed anew.
update matching_result as r
set state = 'decide', sentence = 'What was proposed has moved meanwhile; it will be proposed anew.', proposal_id = null
from rival_line as v
where r.entity_id = %(entity)s and r.line_id = v.line_id and r.state <> 'done';
