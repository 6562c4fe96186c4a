-- New work without an owner goes to people by the first rule that fits it: in turn, to who has least, or to the
-- account's owner; only to those whose seat says that they may have it.
with seats as (
    select s.*
    from jsonb_to_recordset(%(seats)s::jsonb)
        as s (rule_id bigint, kind text, seat int, user_id bigint, limits jsonb, rights jsonb, load_minutes bigint, minutes int)
),
fresh as (
    select w.id, w.kind, w.place, w.account_id, w.money_minor, w.currency, w.maker_id, w.needs_right, r.id as rule_id, r.method, r.turn
    from office_work as w
    cross join lateral (
        select each.id, each.method, each.turn
        from office_rule as each
        where each.entity_id = w.entity_id and each.active and (each.kind is null or each.kind = w.kind)
            and (each.currency is null or each.currency = w.currency)
            and (each.at_least_minor is null or abs(w.money_minor) >= each.at_least_minor)
            and (each.at_most_minor is null or abs(w.money_minor) <= each.at_most_minor)
            and (each.account_from is null or w.account_number >= each.account_from)
            and (each.account_to is null or w.account_number <= each.account_to)
            and (each.language is null or each.language = w.language)
        order by each.place, each.id
        limit 1) as r
    where w.entity_id = %(entity)s and w.kind = any(%(kinds)s::text[]) and coalesce(w.owner_id, 0) = 0
        and w.state = 'open' and w.id > %(after)s
    order by w.id
    limit %(limit)s
    for update of w skip locked
),
able as (
    select f.id, f.place, f.rule_id, f.kind, f.method, f.turn, f.account_id, c.users
    from fresh as f
    cross join lateral (
        select array_agg(s.user_id order by s.seat) as users
        from seats as s
        where s.rule_id = f.rule_id and s.kind = f.kind and s.user_id is distinct from f.maker_id
            and (f.needs_right = '' or s.rights is null or s.rights @> to_jsonb(f.needs_right))
            and (f.currency is null or s.limits is null
                or abs(f.money_minor) <= coalesce((s.limits ->> f.currency)::bigint, 0))) as c
    where c.users is not null
),
lined_up as (
    select a.*, row_number() over (partition by a.rule_id, a.users order by a.place, a.id) - 1 as nth
    from able as a
),
slots as (
    select g.rule_id, g.kind, g.users, s.user_id,
        row_number() over (partition by g.rule_id, g.kind, g.users
            order by s.load_minutes + k.more * greatest(s.minutes, 1), s.seat) - 1 as nth
    from (select rule_id, kind, users, count(*) as works from able where method = 'least_loaded' group by 1, 2, 3) as g
    join seats as s on s.rule_id = g.rule_id and s.kind = g.kind and s.user_id = any(g.users)
    cross join lateral generate_series(0, g.works) as k (more)
),
chosen as (
    select l.id, l.rule_id, case l.method
            when 'round_robin' then l.users[(1 + (l.turn + l.nth) %% cardinality(l.users))::int]
            when 'account_owner' then (select a.owner_id from receivables_account as a
                where a.entity_id = %(entity)s and a.id = l.account_id and a.owner_id = any(l.users))
            else s.user_id end as user_id
    from lined_up as l
    left join slots as s on l.method = 'least_loaded' and s.rule_id = l.rule_id and s.kind = l.kind
        and s.users = l.users and s.nth = l.nth
),
turned as (
    update office_rule as r
    set turn = r.turn + t.works
    from (select rule_id, count(*) as works from chosen where user_id is not null group by rule_id) as t
    where r.entity_id = %(entity)s and r.id = t.rule_id and r.method = 'round_robin'
),
given as (
    update office_work as w
    set owner_id = c.user_id, rule_id = c.rule_id, version = w.version + 1
    from chosen as c
    where w.entity_id = %(entity)s and w.id = c.id and c.user_id is not null
    returning w.id
),
noted as (
    insert into office_step (entity_id, work_id, version, verb, note, at, by_id, by_name, owner_id, state, reason,
        money_minor, deadline_on, return_on)
    select w.entity_id, w.id, w.version, 'assigned', r.name, %(at)s, null, 'Duly', w.owner_id, w.state, w.reason,
        w.money_minor, w.deadline_on, w.return_on
    from given as g
    join office_work as w on w.entity_id = %(entity)s and w.id = g.id
    join chosen as c on c.id = w.id
    join office_rule as r on r.entity_id = w.entity_id and r.id = c.rule_id
)
select coalesce((select max(id) from fresh), 0) as last_id, (select count(*) from given) as works;
