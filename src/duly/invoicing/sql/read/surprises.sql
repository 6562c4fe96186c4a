-- A page of surprises, the earliest deadline first.
select s.id, s.run_id, s.account_id, a.number as account_number, a.name as account_name, s.charge_id, s.kind,
    s.currency, s.sentence, s.facts, s.at_stake_minor, s.state, s.owner_id, s.deadline_on, s.decided_by, s.decided_at,
    s.note
from invoicing_surprise as s
join receivables_account as a on a.entity_id = s.entity_id and a.id = s.account_id
where s.entity_id = %(entity)s and s.state = any(%(states)s::text[])
    and (%(run)s::bigint is null or s.run_id = %(run)s)
    and (%(account)s::bigint is null or s.account_id = %(account)s)
    and (%(kind)s::text is null or s.kind = %(kind)s)
    and (%(after_on)s::date is null or (s.deadline_on, s.id) > (%(after_on)s::date, %(after_id)s::bigint))
order by s.deadline_on, s.id
limit %(limit)s;
