-- The letters are proposed, for a person to look at.
insert into collections_letter (entity_id, id, run_id, party_id, account_id, policy_id, step, language, channel, address,
    currency, dunned_minor, items, accounts, oldest_due_on, pay_by_on, not_before, chunk)
select %(entity)s, l.letter_id, %(run)s, l.party_id, l.account_id, l.policy_id, l.step, l.language, l.channel, l.address,
    l.currency, l.dunned_minor, l.items, l.accounts, l.oldest_due_on, %(through_on)s::date + y.pay_in_days,
    l.next_allowed_at, %(chunk)s
from dunning_letter as l
join collections_policy as y on y.entity_id = %(entity)s and y.id = l.policy_id
where l.reason is null;
