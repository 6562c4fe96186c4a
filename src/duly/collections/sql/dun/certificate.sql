-- What was overdue and what became of it: in letters, left out with a reason, or resting because no step is due.
with money as (
    select k.key as currency, sum(k.value::bigint) as overdue
    from collections_run_chunk as c, jsonb_each_text(c.overdue) as k
    where c.entity_id = %(entity)s and c.run_id = %(run)s group by 1
),
resting as (
    select k.key as currency, sum(k.value::bigint) as minor
    from collections_run_chunk as c, jsonb_each_text(c.resting) as k
    where c.entity_id = %(entity)s and c.run_id = %(run)s group by 1
),
letters as (
    select li.currency, count(*) as items, sum(li.dunned_minor) as minor,
        sum(li.dunned_minor) filter (where l.state in ('released', 'sent')) as sent_minor
    from collections_letter as l
    join collections_letter_item as li on li.entity_id = l.entity_id and li.letter_id = l.id
    where l.entity_id = %(entity)s and l.run_id = %(run)s group by 1
),
outs as (
    select currency, sum(items) as items, sum(amount_minor) as minor
    from collections_left_out where entity_id = %(entity)s and run_id = %(run)s group by 1
),
chunks as (
    select coalesce(sum(items), 0) as items, coalesce(sum(resting_items), 0) as resting_items
    from collections_run_chunk where entity_id = %(entity)s and run_id = %(run)s
)
select jsonb_build_object(
    'overdue_items', ch.items,
    'letter_items', coalesce((select sum(items) from letters), 0),
    'left_out_items', coalesce((select sum(items) from outs), 0),
    'resting_items', ch.resting_items,
    'overdue', coalesce((select jsonb_object_agg(currency, overdue) from money), '{}'),
    'in_letters', coalesce((select jsonb_object_agg(currency, minor) from letters), '{}'),
    'released', coalesce((select jsonb_object_agg(currency, sent_minor) from letters where sent_minor > 0), '{}'),
    'left_out', coalesce((select jsonb_object_agg(currency, minor) from outs), '{}'),
    'resting', coalesce((select jsonb_object_agg(currency, minor) from resting), '{}'),
    'letters', (select coalesce(jsonb_object_agg(state, n), '{}') from (
        select state, count(*) as n from collections_letter
        where entity_id = %(entity)s and run_id = %(run)s group by state) as s),
    'reasons', (select coalesce(jsonb_object_agg(reason, n), '{}') from (
        select reason, count(distinct account_id) as n from collections_left_out
        where entity_id = %(entity)s and run_id = %(run)s group by reason) as s),
    'charges', (select coalesce(jsonb_object_agg(kind, minor), '{}') from (
        select c.kind, sum(c.amount_minor) as minor from collections_letter as l
        join collections_letter_charge as c on c.entity_id = l.entity_id and c.letter_id = l.id
        where l.entity_id = %(entity)s and l.run_id = %(run)s and l.state in ('proposed', 'released', 'sent')
        group by c.kind) as s),
    'adds_up', ch.items = coalesce((select sum(items) from letters), 0) + coalesce((select sum(items) from outs), 0)
            + ch.resting_items
        and not exists (
            select 1 from money as m
            left join letters as l on l.currency = m.currency
            left join outs as o on o.currency = m.currency
            left join resting as r on r.currency = m.currency
            where m.overdue <> coalesce(l.minor, 0) + coalesce(o.minor, 0) + coalesce(r.minor, 0)))
from chunks as ch;
