-- Open bank lines whose payer or text holds the words, or whose amount is exactly this one, newest first.
select l.id, l.booked_on, l.amount_minor, l.currency, l.payer_name, l.text, b.name as bank
from banking_line as l
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
where l.entity_id = %(entity)s and l.state = 'open'
    and (abs(l.amount_minor) = %(minor)s::bigint
        or (%(words)s::text is not null and (l.payer_name ilike %(words)s or l.text ilike %(words)s)))
order by l.booked_on desc, l.id desc
limit %(limit)s;
