-- What was thought before is replaced.
with analysed as (
    update matching_case set analysed_at = %(at)s where entity_id = %(entity)s and id = any(%(cases)s) and state = 'open'
)
delete from matching_case_cause where entity_id = %(entity)s and case_id = any(%(cases)s);
