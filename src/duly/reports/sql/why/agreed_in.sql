-- The agreements whose terms the lines of a document bill.
select l.line, a.number, a.name, t.valid_from
from invoicing_line as l
join commercial_term as t on t.entity_id = l.entity_id and t.id = l.source_id
join commercial_agreement as a on a.entity_id = t.entity_id and a.id = t.agreement_id
where l.entity_id = %(entity)s and l.invoice_id = %(id)s and l.source_kind in ('agreement', 'usage', 'reversal', 'rebill')
order by l.line;
