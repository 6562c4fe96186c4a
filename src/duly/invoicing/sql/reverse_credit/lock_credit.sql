-- The credit note is ours until commit, with what stands against taking it back.
select v.id, v.kind, v.account_id, v.currency, v.total_minor, v.corrects_id, n.number,
    exists (
        select 1 from invoicing_invoice as o
        where o.entity_id = v.entity_id and o.id = v.corrects_id and o.voided_by_id = v.id) as voids,
    exists (
        select 1 from invoicing_invoice as m
        where m.entity_id = v.entity_id and m.corrects_id = v.id) as reversed,
    exists (
        select 1 from events_outbox as o
        where o.entity_id = v.entity_id and o.subject_kind = 'invoice' and o.subject_id = v.id
            and o.state in ('queued', 'sent', 'bounced')) as left_already,
    exists (
        select 1
        from invoicing_line as c
        join invoicing_line as l
            on l.entity_id = c.entity_id and l.invoice_id = c.reverses_invoice_id and l.line = c.reverses_line
        where c.entity_id = v.entity_id and c.invoice_id = v.id and (
            exists (
                select 1 from invoicing_line as later
                where later.entity_id = l.entity_id and later.charge_key = l.charge_key and later.version > l.version)
            or exists (
                select 1 from invoicing_charge as draft
                where draft.entity_id = l.entity_id
                    and (draft.charge_key = 'reverse:' || l.charge_key
                        or (draft.charge_key = l.charge_key and draft.version > l.version))))) as billed_again
from invoicing_invoice as v
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
where v.entity_id = %(entity)s and v.id = %(id)s
for update of v;
