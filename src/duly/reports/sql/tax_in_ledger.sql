-- What documents booked on tax accounts in the days; journals by hand are not documents.
select p.currency, -sum(p.amount_minor)::bigint as tax_minor
from ledger_account as a
join ledger_posting as p on p.entity_id = a.entity_id and p.gl_account_id = a.id
    and p.effective_on between %(from_on)s and %(to_on)s
join ledger_entry as e on e.entity_id = p.entity_id and e.id = p.entry_id
where a.entity_id = %(entity)s
    and a.code in (select c.tax_account from catalog_tax_code as c where c.entity_id = %(entity)s)
    and e.source_kind in ('invoice', 'credit_note')
group by p.currency
having sum(p.amount_minor) <> 0
order by p.currency;
