-- Every staged opening item knows its account, its amount in minor units and its ids.
update staged_import as s
set account_id = a.id, ccy = a.currency,
    amount_minor = (s.amount * power(10::numeric, duly_currency_digits(a.currency)))::bigint,
    item_id = nextval('receivables_item_id_seq'), entry_id = nextval('ledger_entry_id_seq')
from receivables_account as a
where a.entity_id = %(entity)s and (a.external_id = s.customer or (a.number = s.customer and a.external_id is distinct from s.customer));
