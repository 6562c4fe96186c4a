-- What was decided, newest question first.
select s.id, s.run_id, r.through_on, s.account_id, a.number as account_number, a.name as account_name, s.charge_id,
    s.kind, s.currency, s.sentence, s.facts, s.at_stake_minor, s.state, s.owner_id, s.deadline_on, s.decided_by,
    s.decided_at, s.note
from invoicing_surprise as s
join receivables_account as a on a.entity_id = s.entity_id and a.id = s.account_id
join invoicing_run as r on r.entity_id = s.entity_id and r.id = s.run_id
where s.entity_id = %(entity)s and s.state in ('accepted', 'always', 'fixed')
    and (%(run)s::bigint is null or s.run_id = %(run)s)
    and (%(kind)s::text is null or s.kind = %(kind)s)
    and (%(account)s::bigint is null or s.account_id = %(account)s)
    and (%(after_id)s::bigint is null or s.id < %(after_id)s)
order by s.id desc
limit %(limit)s;
