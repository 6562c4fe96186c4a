-- Opening items that cannot be taken in say why.
update staged_import as s
set (problem, remedy) = (
    case
        when s.line > d.first_line then 'number ' || s.number || ' stands on line ' || d.first_line || ' already'
        when n.number is not null then 'number ' || s.number || ' is in the books already'
        when s.amount = 0 then 'an amount of zero is not open'
        when s.currency is not null and s.currency <> a.currency then 'the account is kept in ' || a.currency
        when s.amount * power(10::numeric, duly_currency_digits(a.currency))
            <> trunc(s.amount * power(10::numeric, duly_currency_digits(a.currency)))
            then 'the amount has more decimals than ' || a.currency || ' has'
        when abs(s.amount) > 1e13 then 'the amount is larger than any invoice'
        when s.due_on < s.issued_on then 'due before it was issued'
        when p.id is null then 'no open period for ' || s.issued_on
    end,
    case when p.id is null then 'open the books from that day, or date the item on the day of the move'
        else 'correct the cell' end)
from staged_import as t
join (select number, min(line) as first_line from staged_import group by number) as d on d.number = t.number
join receivables_account as a
    on a.entity_id = %(entity)s and (a.external_id = t.customer or (a.number = t.customer and a.external_id is distinct from t.customer))
left join receivables_number as n on n.entity_id = %(entity)s and n.number = t.number
left join ledger_period as p
    on p.entity_id = %(entity)s and t.issued_on between p.starts_on and p.ends_on and p.state = 'open'
where s.line = t.line and s.problem is null
    and (s.line > d.first_line or n.number is not null or s.amount = 0 or s.currency <> a.currency
        or s.amount * power(10::numeric, duly_currency_digits(a.currency))
            <> trunc(s.amount * power(10::numeric, duly_currency_digits(a.currency)))
        or abs(s.amount) > 1e13 or s.due_on < s.issued_on or p.id is null);
