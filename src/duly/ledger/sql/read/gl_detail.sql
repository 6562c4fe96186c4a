-- The next postings of one ledger account and currency in order of day and entry, after a position.
select p.entry_id, p.line, p.effective_on, e.posted_at, e.source_kind, e.source_id, e.memo, p.amount_minor,
    p.account_id, p.item_id
from ledger_posting as p
join ledger_entry as e on e.entity_id = p.entity_id and e.id = p.entry_id
where p.entity_id = %(entity)s and p.gl_account_id = %(gl_account)s and p.currency = %(currency)s
    and p.effective_on between %(from_on)s and %(to_on)s
    and (%(after_day)s::date is null or (
        (p.effective_on, p.entry_id) >= (%(after_day)s::date, %(after_entry)s::bigint)
        and (p.effective_on, p.entry_id, p.line) > (%(after_day)s::date, %(after_entry)s::bigint, %(after_line)s::int)))
order by p.effective_on, p.entry_id, p.line
limit %(limit)s;
