-- The best explanations of the cases, in order.
insert into matching_case_cause (entity_id, case_id, rank, cause, sentence, score, parts)
select %(entity)s, (w ->> 'case_id')::bigint, (w ->> 'rank')::smallint, w ->> 'cause', w ->> 'sentence', (w ->> 'score')::int,
    w -> 'parts'
from jsonb_array_elements(%(causes)s::jsonb) as w;
