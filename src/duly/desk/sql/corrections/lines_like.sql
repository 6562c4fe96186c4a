-- Open bank lines of this amount: what could show a refund leaving, or coming back.
select l.id, l.booked_on, b.name as bank_account_name, l.payer_name, left(l.text, 120) as text, l.amount_minor, l.currency
from banking_line as l
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
where l.entity_id = %(entity)s and l.state = 'open' and l.currency = %(currency)s and l.amount_minor = %(amount_minor)s
order by l.booked_on desc, l.id desc
limit 20;
