-- Letters of a run or to a payer, in the order they were made.
select l.id, l.run_id, l.party_id, l.account_id, a.number as account_number, p.name, l.step, s.name as step_name, l.channel, l.address,
    l.language, l.currency, l.dunned_minor, l.charges_minor, l.items, l.accounts, l.oldest_due_on, l.pay_by_on, l.not_before,
    l.state, l.why
from collections_letter as l
join receivables_account as a on a.entity_id = l.entity_id and a.id = l.account_id
join parties_party as p on p.entity_id = l.entity_id and p.id = l.party_id
join collections_policy_step as s on s.entity_id = l.entity_id and s.policy_id = l.policy_id and s.step = l.step
where l.entity_id = %(entity)s and (%(run)s::bigint is null or l.run_id = %(run)s)
    and (%(party)s::bigint is null or l.party_id = %(party)s) and l.id > %(after)s
order by l.id
limit %(limit)s;
