-- Letters whose facts have changed since they were planned are not sent; the next run looks again.
update collections_letter as l
set state = 'stale', why = f.why
from (
    select li.letter_id, 'an item was settled or changed' as why
    from collections_letter_item as li
    join collections_letter as m on m.entity_id = li.entity_id and m.id = li.letter_id
    left join receivables_item as i on i.entity_id = li.entity_id and i.id = li.item_id
    where m.entity_id = %(entity)s and m.run_id = %(run)s and m.chunk = %(chunk)s and m.state = 'proposed'
        and i.open_minor is distinct from li.open_minor
    union all
    select li.letter_id, 'disputed since' from collections_dispute as d
    join collections_letter_item as li on li.entity_id = d.entity_id and li.item_id = d.item_id
    where d.entity_id = %(entity)s and d.made_at > %(planned_at)s and d.state = 'open'
    union all
    select li.letter_id, 'in a plan since' from collections_plan as d
    join collections_plan_item as t on t.entity_id = d.entity_id and t.plan_id = d.id and t.active
    join collections_letter_item as li on li.entity_id = d.entity_id and li.item_id = t.item_id
    where d.entity_id = %(entity)s and d.made_at > %(planned_at)s
    union all
    select m.id, 'promised since' from collections_promise as d
    join collections_letter as m on m.entity_id = d.entity_id and m.account_id = d.account_id
    where d.entity_id = %(entity)s and d.made_at > %(planned_at)s and d.state = 'open' and m.run_id = %(run)s
    union all
    select m.id, 'stopped since' from collections_stop as d
    join collections_letter as m on m.entity_id = d.entity_id and m.party_id = d.party_id
    where d.entity_id = %(entity)s and d.placed_at > %(planned_at)s and d.lifted_at is null and m.run_id = %(run)s
    union all
    select m.id, 'on hold since' from receivables_hold as d
    join collections_letter as m on m.entity_id = d.entity_id and m.account_id = d.account_id
    where d.entity_id = %(entity)s and d.placed_at > %(planned_at)s and d.released_at is null
        and d.scope in ('dunning', 'all') and m.run_id = %(run)s
    union all
    select m.id, 'money came in since' from receivables_item as i
    join collections_letter as m on m.entity_id = i.entity_id and m.account_id = i.account_id
    where i.entity_id = %(entity)s and i.open_minor < 0 and m.run_id = %(run)s and m.chunk = %(chunk)s
) as f
where l.entity_id = %(entity)s and l.id = f.letter_id and l.run_id = %(run)s and l.chunk = %(chunk)s
    and l.state = 'proposed';
