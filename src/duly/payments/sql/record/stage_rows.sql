-- The given receipts are staged, in the order given; each is posted on the day it was received.
insert into staged_receipt (entity_id, account_id, currency, amount_minor, received_on, posted_on, method, source_key,
    gl_account_id, payer_name, reference, note)
select %(entity)s, g.account_id, g.currency, g.amount_minor, g.received_on, g.received_on, g.method, g.source_key,
    coalesce(g.gl_account_id, u.id), g.payer_name, g.reference, g.note
from unnest(%(account_ids)s::bigint[], %(currencies)s::text[], %(amounts_minor)s::bigint[], %(days)s::date[],
    %(methods)s::text[], %(keys)s::text[], %(gl_account_ids)s::int[], %(payers)s::text[], %(references)s::text[],
    %(notes)s::text[]) with ordinality
    as g (account_id, currency, amount_minor, received_on, method, source_key, gl_account_id, payer_name, reference,
        note, place)
join ledger_account as u on u.entity_id = %(entity)s and u.code = %(undeposited)s
order by g.place;
