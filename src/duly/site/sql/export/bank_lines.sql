-- Every bank line of the days asked for and what became of it.
select l.id as line, b.name as bank_account, l.booked_on, l.value_on, l.currency, l.amount_minor as amount, l.payer_name as payer,
    l.text, l.structured_reference, l.state, r.sentence
from banking_line as l
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
left join matching_result as r on r.entity_id = l.entity_id and r.line_id = l.id
where l.entity_id = %(entity)s and l.booked_on between %(from_on)s and %(to_on)s
order by l.id;
