-- What a person decides is a proposal like any other, so that it is explained and taken back the same way.
with shares as (
    select nextval('matching_proposal_id_seq') as id, g.account_id, g.amount_minor, g.items, g.place
    from (
        select a.account_id, a.amount_minor, %(items)s::jsonb -> (a.place - 1)::int as items, a.place
        from unnest(%(accounts)s::bigint[], %(amounts_minor)s::bigint[]) with ordinality
            as a (account_id, amount_minor, place)
    ) as g
),
chosen as (
    select s.id, (i.pair ->> 0)::bigint as item_id, (i.pair ->> 1)::bigint as minor, s.account_id
    from shares as s
    cross join lateral jsonb_array_elements(s.items) as i (pair)
),
known as (
    select c.id, c.item_id, c.minor, i.open_minor
    from chosen as c
    join receivables_item as i
        on i.entity_id = %(entity)s and i.id = c.item_id and i.account_id = c.account_id
),
standing as (
    select s.*
    from shares as s
    where jsonb_array_length(s.items) = (select count(*) from known as k where k.id = s.id)
),
written_items as (
    insert into matching_proposal_item (entity_id, proposal_id, item_id, amount_minor, open_minor)
    select %(entity)s, k.id, k.item_id, k.minor, k.open_minor
    from known as k
    join standing as s on s.id = k.id
)
insert into matching_proposal (entity_id, id, line_id, line_version, account_id, rank, rule, confidence, amount_minor,
    left_minor, sentence, made_at)
select %(entity)s, s.id, %(line)s, %(version)s, s.account_id, s.place, 'by_hand', 'by_hand', s.amount_minor,
    greatest(s.amount_minor - coalesce((select sum(k.minor) from known as k where k.id = s.id), 0), 0), %(sentence)s, %(at)s
from standing as s
order by s.place
returning id;
