-- The run exists, not yet planned, its accounts cut into chunks by id, each small enough for a short transaction;
-- nothing is made for a day of issue without an open period.
with made as (
    insert into invoicing_run (entity_id, through_on, issued_on, planned_on, account_ids, note, made_by, made_by_name,
        created_at)
    select %(entity)s, %(through_on)s, %(issued_on)s, %(planned_on)s, %(account_ids)s, %(note)s, %(made_by)s,
        %(made_by_name)s, %(at)s
    where exists (
        select 1 from ledger_period
        where entity_id = %(entity)s and %(issued_on)s between starts_on and ends_on and state = 'open')
    returning id
),
cut as (
    insert into invoicing_run_chunk (entity_id, run_id, chunk, first_account_id, last_account_id)
    select %(entity)s, (select id from made), place / %(size)s, min(id), max(id)
    from (
        select id, row_number() over (order by id) - 1 as place
        from receivables_account
        where entity_id = %(entity)s and (%(account_ids)s::bigint[] is null or id = any(%(account_ids)s))
            and exists (select 1 from made)
    ) as numbered
    group by place / %(size)s
)
select id from made;
