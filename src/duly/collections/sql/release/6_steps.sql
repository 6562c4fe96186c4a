-- The items in the letters have taken their step.
insert into collections_step_done (entity_id, item_id, step, letter_id, done_on)
select li.entity_id, li.item_id, li.step, li.letter_id, %(through_on)s
from collections_letter as l
join collections_letter_item as li on li.entity_id = l.entity_id and li.letter_id = l.id and li.step is not null
where l.entity_id = %(entity)s and l.run_id = %(run)s and l.chunk = %(chunk)s and l.state = 'proposed'
on conflict do nothing;
