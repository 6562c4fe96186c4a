-- The letter stands in the contact log of each account it speaks of.
insert into collections_contact (entity_id, account_id, party_id, channel, direction, purpose, at, outcome, note, letter_id,
    by_name)
select l.entity_id, o.account_id, l.party_id, l.channel, 'out', 'dunning', %(at)s, 'sent', s.name, l.id, %(by)s
from collections_letter as l
join collections_policy_step as s on s.entity_id = l.entity_id and s.policy_id = l.policy_id and s.step = l.step
cross join lateral (
    select distinct li.account_id from collections_letter_item as li
    where li.entity_id = l.entity_id and li.letter_id = l.id
) as o
where l.entity_id = %(entity)s and l.id = %(id)s and l.channel <> 'call';
