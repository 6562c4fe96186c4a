-- The chunk is planned and knows how much was overdue, and how much of it rests because no step is due yet.
with sums as (
    select currency, sum(open_minor) as overdue, count(*) as items,
        count(*) filter (where resting) as resting_items, coalesce(sum(open_minor) filter (where resting), 0) as resting
    from (
        select w.currency, w.open_minor, not (
            (w.step is not null or w.rest is null and l.letter_id is not null and o.reason is null)
                and coalesce(w.rest, o.reason, l.reason) is not null
            or w.rest is null and o.reason is null and l.letter_id is not null and l.reason is null) as resting
        from dunning_item as w
        join dunning_account as o on o.account_id = w.account_id
        left join dunning_letter as l on l.party_id = w.party_id
    ) as each
    group by currency
)
update collections_run_chunk
set state = 'planned',
    items = coalesce((select sum(items) from sums), 0),
    overdue = coalesce((select jsonb_object_agg(currency, overdue) from sums), '{}'),
    resting_items = coalesce((select sum(resting_items) from sums), 0),
    resting = coalesce((select jsonb_object_agg(currency, resting) from sums where resting > 0), '{}')
where entity_id = %(entity)s and run_id = %(run)s and chunk = %(chunk)s;
