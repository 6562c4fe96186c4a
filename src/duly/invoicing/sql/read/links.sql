-- Documents tied to this one: what corrects it, what takes back lines of it, what it takes back.
select distinct x.relation, x.id, v.kind, n.number, v.issued_on, v.total_minor
from (
    select 'corrected_by' as relation, c.id from invoicing_invoice as c
    where c.entity_id = %(entity)s and c.corrects_id = %(id)s
    union
    select case l.source_kind when 'credit_undone' then 'restored_by' else 'taken_back_by' end, l.invoice_id
    from invoicing_line as l
    where l.entity_id = %(entity)s and l.reverses_invoice_id = %(id)s
    union
    select case l.source_kind when 'credit_undone' then 'restores' else 'takes_back' end, l.reverses_invoice_id
    from invoicing_line as l
    where l.entity_id = %(entity)s and l.invoice_id = %(id)s and l.reverses_invoice_id is not null
    union
    select 'corrects', c.corrects_id from invoicing_invoice as c
    where c.entity_id = %(entity)s and c.id = %(id)s and c.corrects_id is not null
) as x
join invoicing_invoice as v on v.entity_id = %(entity)s and v.id = x.id
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
order by v.issued_on, x.id, x.relation;
