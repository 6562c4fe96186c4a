-- Every part that is not an account's money is an entry of its own.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, actor_id)
select entity_id, 'bank_line', placement_id, posted_on, kind || case when memo <> '' then ': ' else '' end || memo,
    %(actor)s
from staged_placement
where kind in ('unidentified', 'ledger', 'deposit');
