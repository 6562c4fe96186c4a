-- Every receipt has its entry, and that entry moves exactly its amount on the ledger account it names.
select 'payments.entry' as check, 'receipt ' || r.id as subject,
    coalesce('entry ' || e.id || ' moves ' || coalesce(p.minor, 0) || ' instead of ' || r.amount_minor, 'no entry')
        as detail
from payments_receipt as r
left join ledger_entry as e on e.entity_id = r.entity_id and e.source_kind = 'receipt' and e.source_id = r.id
left join lateral (
    select sum(q.amount_minor)::bigint as minor
    from ledger_posting as q
    where q.entity_id = e.entity_id and q.entry_id = e.id and q.gl_account_id = r.gl_account_id
        and q.currency = r.currency
) as p on true
where r.entity_id = %(entity)s and (e.id is null or p.minor is distinct from r.amount_minor)
limit 100;
