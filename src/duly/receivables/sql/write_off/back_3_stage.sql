-- Each of these write-offs has its mirror, which settles the item it was.
insert into staged_write_off (item_id, amount_minor, reverses_id, account_id, control_id, gl_account_id, currency, side,
    open_minor, effective_on)
select w.write_off_item_id, abs(w.amount_minor), w.id, w.account_id, i.gl_account_id, w.gl_account_id, w.currency,
    -sign(w.amount_minor), abs(i.open_minor), greatest(%(today)s::date, w.effective_on)
from receivables_write_off as w
join receivables_item as i on i.entity_id = w.entity_id and i.id = w.write_off_item_id
where w.entity_id = %(entity)s and w.id = any(%(ids)s)
order by w.id;
