-- Write-offs whose item or entry is not theirs, or whose mirror is not exact.
select 'write-off ' || w.id as subject,
    case
        when i.id is null then 'it has no item'
        when i.amount_minor <> -w.amount_minor or i.account_id <> w.account_id then 'its item is not its amount'
        when q.minor is distinct from w.amount_minor then 'its entry moves ' || coalesce(q.minor, 0)
        else 'it is not the exact mirror of write-off ' || w.reverses_id end as detail
from receivables_write_off as w
left join receivables_item as i on i.entity_id = w.entity_id and i.id = w.write_off_item_id
left join receivables_write_off as o on o.entity_id = w.entity_id and o.id = w.reverses_id
left join lateral (
    select sum(p.amount_minor)::bigint as minor
    from ledger_entry as e
    join ledger_posting as p on p.entity_id = e.entity_id and p.entry_id = e.id and p.gl_account_id = w.gl_account_id
    where e.entity_id = w.entity_id and e.source_kind = 'write_off' and e.source_id = w.id
) as q on true
where w.entity_id = %(entity)s and (
    i.id is null or i.amount_minor <> -w.amount_minor or i.account_id <> w.account_id
    or q.minor is distinct from w.amount_minor
    or (w.reverses_id is not null and (o.amount_minor is distinct from -w.amount_minor or i.open_minor <> 0)))
limit 100;
