-- The accounts are on hold.
with placed as (
    insert into receivables_hold (entity_id, account_id, scope, reason, note, owner_id, deadline_on, placed_at, placed_by)
    select %(entity)s, account_id, scope, reason, note, owner_id, deadline_on, %(at)s, %(by)s
    from unnest(%(accounts)s::bigint[], %(scopes)s::text[], %(reasons)s::text[], %(notes)s::text[],
        %(owners)s::bigint[], %(deadlines)s::date[])
        as wanted (account_id, scope, reason, note, owner_id, deadline_on)
    returning id
)
select array_agg(id order by id) from placed;
