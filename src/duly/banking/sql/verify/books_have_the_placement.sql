-- Every placement that is no receipt has its entry, moving exactly its amount on the bank's ledger account, and a
-- mirror exactly when it was taken back.
select 'banking.entry' as check, 'placement ' || p.id as subject,
    case when e.id is null then 'no entry'
        when q.minor is distinct from p.amount_minor then 'entry ' || e.id || ' moves ' || coalesce(q.minor, 0)
        else 'taken back and mirror do not agree' end as detail
from banking_placement as p
join banking_account as b on b.entity_id = p.entity_id and b.id = p.bank_account_id
left join ledger_entry as e on e.entity_id = p.entity_id and e.source_kind = 'bank_line' and e.source_id = p.id
left join ledger_entry as m on m.entity_id = p.entity_id and m.source_kind = 'bank_line_undone' and m.source_id = p.id
left join lateral (
    select sum(x.amount_minor)::bigint as minor
    from ledger_posting as x
    where x.entity_id = e.entity_id and x.entry_id = e.id and x.gl_account_id = b.gl_account_id
) as q on true
where p.entity_id = %(entity)s and p.receipt_id is null
    and (e.id is null or q.minor is distinct from p.amount_minor or (m.id is null) <> (p.undone_on is null))
limit 100;
