-- What waits about one account, by deadline.
select w.id, w.kind, w.subject_kind, w.subject_id, w.subject, w.who, w.account_id, w.account_number, w.reason, w.next_act,
    w.money_minor, w.currency, w.since_on, w.deadline_on, w.owner_id, u.name as owner, w.maker_id, w.state, w.return_on,
    w.pend_reason, w.returned_on, w.escalated_on, w.escalated_why, w.note, w.done_on, w.done_by_name, w.outcome,
    w.version, w.place
from office_work as w
left join access_user as u on u.id = w.owner_id
where w.entity_id = %(entity)s and w.account_id = %(account)s and w.state in ('open', 'claimed', 'pended')
order by w.place, w.id
limit %(limit)s;
