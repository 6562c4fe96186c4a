-- The same difference after it was resolved is the same case, open again; what a person dropped stays dropped.
with last as (
    select distinct on (c.subject) c.id, c.subject, c.state, c.amount_minor, c.resolution
    from matching_case as c
    join found_difference as f on f.subject = c.subject
    where c.entity_id = %(entity)s
    order by c.subject, c.id desc
)
update matching_case as c
set state = 'open', resolved_on = null, resolved_by = '', resolved_by_id = null, resolution = '', undo = null,
    note = '', due_on = %(due_on)s, waiting_on = 'us', opened_times = opened_times + 1, analysed_at = null,
    kind = f.kind, sentence = f.sentence, facts = f.facts, line_id = f.line_id, receipt_id = f.receipt_id,
    version = version + 1
from last as l
join found_difference as f on f.subject = l.subject
where c.entity_id = %(entity)s and c.id = l.id and l.state = 'resolved' and l.amount_minor = f.amount_minor;
