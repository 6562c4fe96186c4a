-- Work says what its thing says now; a change of reason, money, deadline or next act is a new version of it.
with changed as (
    select w.id, w.entity_id, h.subject, h.who, h.account_id, h.reason, h.next_act, h.money_minor, h.currency,
        h.maker_id, coalesce(h.deadline_hint, w.deadline_on) as deadline_on
    from staged_held as h
    join office_work as w on w.entity_id = %(entity)s and w.kind = h.kind and w.subject_kind = h.subject_kind
        and w.subject_id = h.subject_id and w.state in ('open', 'claimed', 'pended')
    where (w.reason, w.next_act, w.subject, w.who) <> (h.reason, h.next_act, h.subject, h.who)
        or (w.money_minor, w.currency, w.account_id, w.maker_id)
            is distinct from (h.money_minor, h.currency, h.account_id, h.maker_id)
        or w.deadline_on <> coalesce(h.deadline_hint, w.deadline_on)
    order by w.id
    for update of w skip locked
),
noted as (
    insert into office_step (entity_id, work_id, version, verb, note, at, by_id, by_name, owner_id, state, reason,
        money_minor, deadline_on, return_on)
    select w.entity_id, w.id, w.version, 'changed', '', %(at)s, %(by_id)s, %(by_name)s, w.owner_id, w.state,
        w.reason, w.money_minor, w.deadline_on, w.return_on
    from office_work as w
    join changed as c on c.entity_id = w.entity_id and c.id = w.id
)
update office_work as w
set subject = c.subject, who = c.who, account_id = c.account_id, reason = c.reason, next_act = c.next_act,
    money_minor = c.money_minor, currency = c.currency, maker_id = c.maker_id, deadline_on = c.deadline_on,
    owner_id = case when w.owner_id = c.maker_id then null else w.owner_id end,
    state = case when w.owner_id = c.maker_id then 'open' else w.state end,
    return_on = case when w.owner_id = c.maker_id then null else w.return_on end,
    version = w.version + 1
from changed as c
where w.entity_id = c.entity_id and w.id = c.id;
