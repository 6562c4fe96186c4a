-- What the ledger says was given up between two days: the control accounts' side of write-offs and credit notes.
select p.currency, -sum(p.amount_minor)::bigint as minor
from ledger_entry as e
join ledger_posting as p on p.entity_id = e.entity_id and p.entry_id = e.id
join ledger_account as g on g.entity_id = p.entity_id and g.id = p.gl_account_id and g.control is not null
where e.entity_id = %(entity)s and e.source_kind in ('write_off', 'credit_note')
    and e.effective_on between %(from_on)s and %(to_on)s
group by p.currency;
