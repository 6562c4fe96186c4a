-- The shares of a split line that are no account's money.
insert into staged_placement (entity_id, line_id, kind, gl_account_id, amount_minor, memo)
select %(entity)s, g.line_id, 'ledger', l.id, g.amount_minor, g.memo
from unnest(%(lines)s::bigint[], %(codes)s::text[], %(amounts_minor)s::bigint[], %(memos)s::text[])
    as g (line_id, code, amount_minor, memo)
left join ledger_account as l on l.entity_id = %(entity)s and l.code = g.code;
