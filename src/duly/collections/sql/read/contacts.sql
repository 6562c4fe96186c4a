-- Contacts with an account, newest first, and whether the gate had allowed them.
select c.id, c.account_id, c.channel, c.direction, c.purpose, c.at, c.outcome, c.note, c.by_name, w.allowed, c.letter_id
from collections_contact as c
left join collections_answer as w on w.entity_id = c.entity_id and w.id = c.answer_id
where c.entity_id = %(entity)s and c.account_id = %(account)s
order by c.at desc, c.id desc
limit %(limit)s;
