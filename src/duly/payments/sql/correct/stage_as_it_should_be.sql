-- The receipt is staged again as it should have been; where its money lies stays as it was.
insert into staged_receipt (entity_id, account_id, currency, amount_minor, received_on, posted_on, method, source_key,
    gl_account_id, payer_name, reference, note)
select r.entity_id, %(account)s, %(currency)s, %(amount_minor)s, %(day)s, greatest(%(day)s::date, %(posted_on)s::date),
    %(method)s, 'correction:' || r.id, r.gl_account_id, %(payer)s, %(reference)s, %(note)s
from payments_receipt as r
where r.entity_id = %(entity)s and r.id = %(id)s;
