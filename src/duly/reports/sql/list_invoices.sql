-- Every document issued between two days, in order of issue.
select n.number, v.kind, v.issued_on, v.due_on, a.number as account, a.name, v.po_number, v.currency, v.net_minor,
    v.tax_minor, v.total_minor, coalesce(i.open_minor, 0) as open_minor, n.reference, coalesce(cn.number, '') as corrects
from invoicing_invoice as v
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
join receivables_number as n on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
left join receivables_item as i on i.entity_id = v.entity_id and i.kind = v.kind and i.document_id = v.id
left join invoicing_invoice as c on c.entity_id = v.entity_id and c.id = v.corrects_id
left join receivables_number as cn on cn.entity_id = c.entity_id and cn.document_kind = c.kind and cn.document_id = c.id
where v.entity_id = %(entity)s and v.issued_on between %(from_on)s and %(to_on)s
order by v.issued_on, v.id;
