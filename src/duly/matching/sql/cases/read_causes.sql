-- The explanations of a case, best first.
select rank, cause, sentence, score, parts from matching_case_cause
where entity_id = %(entity)s and case_id = %(id)s
order by rank;
