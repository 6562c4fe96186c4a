-- The checks of a refund as they were made, latest stage last.
select id, stage, name, outcome, sentence, evidence, at
from payments_refund_check
where entity_id = %(entity)s and refund_id = %(id)s
order by id;
