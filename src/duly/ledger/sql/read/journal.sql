-- Every posting of the days asked for with what it was made for, in the order the entries were written.
select e.id as entry_id, p.line, e.effective_on, e.posted_at, e.source_kind, e.source_id, e.reverses_id, e.memo,
    a.code, a.name as gl_name, a.kind as gl_kind, p.currency, p.amount_minor, p.account_id, p.item_id
from ledger_entry as e
join ledger_posting as p on p.entity_id = e.entity_id and p.entry_id = e.id
join ledger_account as a on a.entity_id = p.entity_id and a.id = p.gl_account_id
where e.entity_id = %(entity)s and e.effective_on between %(from_on)s and %(to_on)s
    and (%(source_kind)s::text is null or (e.source_kind = %(source_kind)s and e.source_id = %(source_id)s))
order by e.id, p.line;
