-- A page of bank lines, newest first.
select l.id, l.bank_account_id, b.name as bank_account_name, l.statement_id, l.booked_on, l.value_on, l.amount_minor,
    l.currency, l.text, l.payer_name, l.payer_account_last4, l.end_to_end_id, l.bank_reference,
    l.structured_reference, l.mandate_id, l.is_return, l.return_reason, l.charges_minor, l.state, l.placed_as,
    l.placed_at, l.placed_by, l.version
from banking_line as l
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
where l.entity_id = %(entity)s
    and (%(id)s::bigint is null or l.id = %(id)s)
    and (%(state)s::text is null or l.state = %(state)s)
    and (%(account)s::int is null or l.bank_account_id = %(account)s)
    and (%(statement)s::bigint is null or l.statement_id = %(statement)s)
    and (%(day)s::date is null or (l.booked_on, l.id) < (%(day)s::date, %(last_id)s::bigint))
order by l.booked_on desc, l.id desc
limit %(limit)s;
