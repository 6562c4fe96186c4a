-- Each late charge is an open item of its own, payable with the letter.
insert into staged_item (entity_id, account_id, kind, document_id, gl_account_id, currency, issued_on, due_on,
    amount_minor)
select c.entity_id, c.account_id, 'late_charge', c.id, g.id, c.currency, c.charged_on, greatest(l.pay_by_on, c.charged_on),
    c.amount_minor
from collections_letter as l
join collections_charge as c on c.entity_id = l.entity_id and c.letter_id = l.id
join ledger_account as g on g.entity_id = c.entity_id and g.code = '1200'
where l.entity_id = %(entity)s and l.run_id = %(run)s and l.chunk = %(chunk)s and l.state = 'proposed';
