-- New lines are on record once: open where their statement stands, put aside where it is in quarantine.
insert into banking_line (entity_id, bank_account_id, statement_id, booked_on, value_on, amount_minor, currency, text,
    payer_name, payer_account_hash, payer_account_last4, payer_account_encrypted, end_to_end_id, bank_reference,
    structured_reference, mandate_id, is_return, return_reason, charges_minor, identity_hash, ordinal, state)
select %(entity)s, l.bank_account_id, s.statement_id, l.booked_on, l.value_on, l.amount_minor, l.currency, l.text,
    l.payer_name, l.payer_account_hash, l.payer_account_last4, l.payer_account_encrypted, l.end_to_end_id,
    l.bank_reference, l.structured_reference, l.mandate_id, l.is_return, l.return_reason, l.charges_minor,
    l.identity_hash,
    case when s.adds = 'all' then o.ordinal + o.last_ordinal else o.ordinal end,
    case when s.state = 'quarantined' then 'quarantined' else 'open' end
from staged_bank_line as l
join staged_bank_ordinal as o on o.line_no = l.line_no
join staged_bank_statement as s on s.place = l.place
where s.state = 'quarantined' or s.adds = 'all' or (s.adds = 'new' and o.known_id is null)
order by l.line_no;
