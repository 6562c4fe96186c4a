-- The given parts are staged as placements, in the order given.
insert into staged_placement (entity_id, line_id, line_version, kind, account_id, gl_account_id, amount_minor, memo)
select %(entity)s, g.line_id, g.version, g.kind, g.account_id, l.id, g.amount_minor, g.memo
from unnest(%(lines)s::bigint[], %(versions)s::int[], %(kinds)s::text[], %(accounts)s::bigint[], %(codes)s::text[],
    %(amounts_minor)s::bigint[], %(memos)s::text[]) with ordinality
    as g (line_id, version, kind, account_id, code, amount_minor, memo, place)
left join ledger_account as l on l.entity_id = %(entity)s and l.code = g.code
order by g.place
returning placement_id as id;
