-- Every opening item is about to be open on receivables.
insert into staged_item (entity_id, item_id, account_id, kind, document_id, gl_account_id, currency, issued_on, due_on,
    amount_minor)
select %(entity)s, s.item_id, s.account_id, 'opening', s.item_id, g.id, s.ccy, s.issued_on,
    coalesce(s.due_on, s.issued_on), s.amount_minor
from staged_import as s
join ledger_account as g on g.entity_id = %(entity)s and g.code = '1200';
