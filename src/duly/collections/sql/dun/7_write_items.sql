-- Each letter lists every overdue item that does not rest, with the part that is asked for.
insert into collections_letter_item (entity_id, letter_id, item_id, account_id, currency, due_on, open_minor,
    disputed_minor, dunned_minor, step)
select %(entity)s, l.letter_id, w.item_id, w.account_id, w.currency, w.due_on, w.open_minor, w.disputed_minor,
    w.open_minor - w.disputed_minor, w.step
from dunning_letter as l
join dunning_item as w on w.party_id = l.party_id and w.rest is null
join dunning_account as o on o.account_id = w.account_id and o.reason is null
where l.reason is null;
