-- Every item open at the end of the day with what was open then, in order of account and due day.
with there as materialized (
    select *
    from receivables_item
    where entity_id = %(entity)s and open_minor <> 0 and issued_on <= %(as_of)s
    union all
    select *
    from receivables_item
    where entity_id = %(entity)s and closed_on > %(as_of)s and issued_on <= %(as_of)s
),
later as (
    select item_id, sum(minor)::bigint as minor
    from (
        select t.id as item_id, a.amount_minor as minor
        from there as t
        join receivables_allocation as a on a.debit_item_id = t.id
        where a.entity_id = %(entity)s and a.effective_on > %(as_of)s
        union all
        select t.id, -a.amount_minor
        from there as t
        join receivables_allocation as a on a.credit_item_id = t.id
        where a.entity_id = %(entity)s and a.effective_on > %(as_of)s
    ) as both_sides
    group by item_id
)
select i.id, i.account_id, a.number as account_number, a.name as account_name, i.kind, i.document_id,
    coalesce(n.number, '') as number, i.currency, i.issued_on, i.due_on, i.amount_minor, i.open_minor + coalesce(l.minor, 0) as open_minor, i.closed_on
from there as i
left join later as l on l.item_id = i.id
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
left join receivables_number as n on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else i.kind end
where i.open_minor + coalesce(l.minor, 0) <> 0
order by i.account_id, i.due_on, i.id;
