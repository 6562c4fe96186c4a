-- Late charges of an account, newest first.
select c.id, coalesce(n.number, '') as number, c.kind, coalesce(m.number, '') as about_number, c.currency, c.amount_minor,
    coalesce(i.open_minor, 0) as open_minor, c.charged_on, c.from_on, c.to_on, c.terms
from collections_charge as c
left join receivables_number as n on n.entity_id = c.entity_id and n.document_kind = 'late_charge' and n.document_id = c.id
left join receivables_item as i on i.entity_id = c.entity_id and i.kind = 'late_charge' and i.document_id = c.id
left join receivables_item as b on b.entity_id = c.entity_id and b.id = c.about_item_id
left join receivables_number as m on m.entity_id = b.entity_id and m.document_kind = b.kind and m.document_id = b.document_id
where c.entity_id = %(entity)s and c.account_id = %(account)s
order by c.id desc;
