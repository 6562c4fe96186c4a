-- What was written off and credited between two days, by reason and person.
select 'Write-off' as what, w.reason, w.by_name as person, w.currency,
    count(*) filter (where w.reverses_id is null)::int as documents, sum(w.amount_minor)::bigint as minor
from receivables_write_off as w
where w.entity_id = %(entity)s and w.effective_on between %(from_on)s and %(to_on)s
group by w.reason, w.by_name, w.currency
union all
select case when o.voided_by_id = v.id then 'Void' else 'Credit note' end, v.reason, coalesce(u.name, 'Duly'), v.currency,
    count(*)::int, -sum(v.total_minor)::bigint
from invoicing_invoice as v
left join invoicing_invoice as o on o.entity_id = v.entity_id and o.id = v.corrects_id
left join ledger_entry as e
    on e.entity_id = v.entity_id and e.source_kind = 'credit_note' and e.source_id = v.id
left join access_user as u on u.id = e.actor_id
where v.entity_id = %(entity)s and v.kind = 'credit_note' and v.issued_on between %(from_on)s and %(to_on)s
group by 1, 2, 3, 4
order by 1, 6 desc, 2, 3;
