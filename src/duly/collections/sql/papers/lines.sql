-- What a letter lists: its items, oldest first, then what it costs.
select kind, number, currency, due_on, asked_minor, disputed_minor, charge, about_number, from_on, to_on, terms
from (
    select i.kind, coalesce(n.number, '') as number, li.currency, li.due_on, li.dunned_minor as asked_minor,
        li.disputed_minor, '' as charge, '' as about_number, null::date as from_on, null::date as to_on, '' as terms, 0 as last,
        li.item_id as place
    from collections_letter_item as li
    join receivables_item as i on i.entity_id = li.entity_id and i.id = li.item_id
    left join receivables_number as n
        on n.entity_id = i.entity_id and n.document_kind = i.kind and n.document_id = i.document_id
    where li.entity_id = %(entity)s and li.letter_id = %(id)s
    union all
    select 'late_charge', '', c.currency, l.pay_by_on, c.amount_minor, 0, c.kind, coalesce(n.number, ''), c.from_on, c.to_on,
        c.terms, 1, c.about_item_id
    from collections_letter as l
    join collections_letter_charge as c on c.entity_id = l.entity_id and c.letter_id = l.id
    left join receivables_item as i on i.entity_id = c.entity_id and i.id = c.about_item_id
    left join receivables_number as n
        on n.entity_id = i.entity_id and n.document_kind = i.kind and n.document_id = i.document_id
    where l.entity_id = %(entity)s and l.id = %(id)s
) as listed
order by last, due_on, place;
