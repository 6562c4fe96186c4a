-- Letters whose facts have changed since they were planned are not sent; the next run looks again.
with letter as materialized (
    select m.id, m.account_id, m.party_id
    from collections_letter as m
    where m.entity_id = %(entity)s and m.run_id = %(run)s and m.chunk = %(chunk)s and m.state = 'proposed'
),
item as materialized (
    select li.letter_id, li.item_id, li.open_minor
    from letter as m
    join collections_letter_item as li on li.entity_id = %(entity)s and li.letter_id = m.id
),
found as (
    select t.letter_id, 'an item was settled or changed' as why
    from item as t
    join receivables_item as i on i.entity_id = %(entity)s and i.id = t.item_id
    where i.open_minor <> t.open_minor
    union all
    select t.letter_id, 'disputed since'
    from item as t
    join collections_dispute as d on d.entity_id = %(entity)s and d.item_id = t.item_id
    where d.made_at > %(planned_at)s and d.state = 'open'
    union all
    select t.letter_id, 'in a plan since'
    from item as t
    join collections_plan_item as p on p.entity_id = %(entity)s and p.item_id = t.item_id and p.active
    union all
    select t.letter_id, 'with an agency since'
    from item as t
    join collections_handover_item as h on h.entity_id = %(entity)s and h.item_id = t.item_id and h.active
    union all
    select m.id, 'promised since'
    from letter as m
    join collections_promise as d on d.entity_id = %(entity)s and d.account_id = m.account_id
    where d.made_at > %(planned_at)s and d.state = 'open'
    union all
    select m.id, 'stopped since'
    from letter as m
    join collections_stop as d on d.entity_id = %(entity)s and d.party_id = m.party_id
    where d.placed_at > %(planned_at)s and d.lifted_at is null
    union all
    select m.id, 'on hold since'
    from letter as m
    join receivables_hold as d on d.entity_id = %(entity)s and d.account_id = m.account_id
    where d.placed_at > %(planned_at)s and d.released_at is null and d.scope in ('dunning', 'all')
    union all
    select m.id, 'money came in since'
    from letter as m
    join receivables_item as i on i.entity_id = %(entity)s and i.account_id = m.account_id
    where i.open_minor < 0
)
update collections_letter as l
set state = 'stale', why = f.why
from found as f
where l.entity_id = %(entity)s and l.id = f.letter_id and l.state = 'proposed';
