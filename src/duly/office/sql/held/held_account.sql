-- Accounts a run left out for a reason that is no hold and no surprise are held until the run is finished with them.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, deadline_hint, owner_hint)
select distinct on (r.id, i.account_id) 'held_account', 'run-' || r.id, i.account_id, a.number, a.name, i.account_id,
    i.reason, i.expected_minor, i.currency, r.planned_on, i.deadline_on, i.owner_id
from invoicing_run as r
join invoicing_run_chunk as c on c.entity_id = r.entity_id and c.run_id = r.id and c.held_accounts > 0
join invoicing_run_item as i on i.entity_id = c.entity_id and i.run_id = c.run_id and i.state = 'held'
    and i.account_id between c.first_account_id and c.last_account_id
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
where r.entity_id = %(entity)s and r.state in ('planned', 'approved', 'issuing')
    and i.reason_code not in ('on_hold', 'surprise')
    and (%(accounts)s::bigint[] is null or i.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or i.account_id = any(%(ids)s::bigint[]))
order by r.id, i.account_id, abs(i.expected_minor) desc;
