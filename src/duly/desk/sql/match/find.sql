-- Open items in a currency whose document number begins like the text, whose account does, or that are this amount.
with hits as (
    (select i.id, 1 as how
    from receivables_number as n
    join receivables_item as i
        on i.entity_id = n.entity_id and i.document_id = n.document_id
        and i.kind in ('invoice', 'opening') and n.document_kind = 'invoice'
    where n.entity_id = %(entity)s and (n.number = %(text)s or n.reference = %(reference)s) and i.open_minor > 0
    limit 20)
    union all
    (select i.id, 2
    from receivables_item as i
    where i.entity_id = %(entity)s and i.open_minor = %(amount)s::bigint and i.currency = %(currency)s
    limit 20)
    union all
    (select i.id, 3
    from (
        select id from receivables_account
        where entity_id = %(entity)s and %(begins)s::text is not null and search_name like %(begins)s
        order by search_name, id
        limit 10
    ) as a
    cross join lateral (
        select id from receivables_item as o
        where o.entity_id = %(entity)s and o.account_id = a.id and o.open_minor > 0 and o.currency = %(currency)s
        order by o.due_on, o.id
        limit 10
    ) as i)
)
select i.id, i.account_id, a.number as account_number, a.name as account_name, i.kind, i.document_id,
    coalesce(n.number, '') as number, i.currency, i.issued_on, i.due_on, i.amount_minor, i.open_minor, i.closed_on
from (select id, min(how) as how from hits group by id) as h
join receivables_item as i on i.entity_id = %(entity)s and i.id = h.id
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
left join receivables_number as n
    on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'credit_note' then 'credit_note' else 'invoice' end
where i.currency = %(currency)s
order by h.how, i.due_on, i.id
limit 60;
