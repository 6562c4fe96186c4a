-- The checks are kept as they were made.
insert into payments_refund_check (entity_id, refund_id, stage, name, outcome, sentence, evidence, at)
select %(entity)s, %(refund)s, %(stage)s, c ->> 'name', c ->> 'outcome', c ->> 'sentence', c -> 'evidence', %(at)s
from jsonb_array_elements(%(checks)s::jsonb) with ordinality as g (c, place)
order by g.place;
