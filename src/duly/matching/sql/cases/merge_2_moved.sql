-- Open cases follow their difference: another amount, kind or payment is looked at anew.
update matching_case as c
set kind = f.kind, favours = f.favours, amount_minor = f.amount_minor, happened_on = f.happened_on, sentence = f.sentence,
    facts = f.facts, line_id = f.line_id, receipt_id = f.receipt_id, analysed_at = null, version = version + 1
from found_difference as f
where c.entity_id = %(entity)s and c.state = 'open' and c.subject = f.subject
    and (c.amount_minor <> f.amount_minor or c.kind <> f.kind or c.favours <> f.favours
        or c.receipt_id is distinct from f.receipt_id);
