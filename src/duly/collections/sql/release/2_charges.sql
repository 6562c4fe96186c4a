-- What the letters cost is charged.
insert into collections_charge (entity_id, account_id, kind, about_item_id, letter_id, currency, amount_minor, charged_on,
    from_on, to_on, terms)
select c.entity_id, c.account_id, c.kind, c.about_item_id, c.letter_id, c.currency, c.amount_minor, %(charged_on)s,
    c.from_on, c.to_on, c.terms
from collections_letter as l
join collections_letter_charge as c on c.entity_id = l.entity_id and c.letter_id = l.id
where l.entity_id = %(entity)s and l.run_id = %(run)s and l.chunk = %(chunk)s and l.state = 'proposed'
order by c.letter_id, c.kind;
