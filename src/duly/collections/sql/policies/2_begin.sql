-- The segment has its policy, with its steps.
with made as (
    insert into collections_policy (entity_id, segment, name, currency, min_minor, letter_gap_days, pay_in_days, money_wait_days,
        promise_grace_days, late_law, valid_from, made_by)
    values (%(entity)s, %(segment)s, %(name)s, %(currency)s, %(min_minor)s, %(letter_gap_days)s, %(pay_in_days)s,
        %(money_wait_days)s, %(promise_grace_days)s, %(late_law)s, %(on)s, %(by)s)
    returning id
),
steps as (
    insert into collections_policy_step (entity_id, policy_id, step, name, days_late, grace_days, channel, fee_minor,
        charges_interest, charges_lump, texts)
    select %(entity)s, made.id, s.step, s.name, s.days_late, s.grace_days, s.channel, s.fee_minor, s.charges_interest,
        s.charges_lump, s.texts
    from made
    cross join jsonb_to_recordset(%(steps)s::jsonb) as s (step smallint, name text, days_late int, grace_days int,
        channel text, fee_minor bigint, charges_interest boolean, charges_lump boolean, texts jsonb)
)
select id from made;
