-- What accounts owe and what they have with us, at this moment of the transaction.
select a.id, a.number, a.name, a.currency,
    coalesce(sum(i.open_minor) filter (where i.open_minor > 0), 0)::bigint as owed_minor,
    coalesce(-sum(i.open_minor) filter (where i.open_minor < 0), 0)::bigint as theirs_minor
from receivables_account as a
left join receivables_item as i
    on i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor <> 0 and i.currency = a.currency
where a.entity_id = %(entity)s and a.id = any(%(ids)s)
group by a.id, a.number, a.name, a.currency
order by array_position(%(ids)s, a.id);
