-- Each reversed receipt has its mirror: the same money leaves where it came in.
insert into staged_receipt (entity_id, account_id, kind, currency, amount_minor, received_on, posted_on, method,
    source_key, gl_account_id, payer_name, reference, note, reverses_id)
select entity_id, account_id, 'reversal', currency, -amount_minor, %(today)s, %(today)s, method,
    'reversal:' || id, gl_account_id, payer_name, reference, %(reason)s, id
from payments_receipt
where entity_id = %(entity)s and id = any(%(ids)s)
order by id;
