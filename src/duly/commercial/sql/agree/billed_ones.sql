-- The first of these agreements that has a billed line.
select a.number
from commercial_agreement as a
join commercial_term as t on t.entity_id = a.entity_id and t.account_id = a.account_id and t.agreement_id = a.id
where a.entity_id = %(entity)s and (a.id = any(%(ids)s) or a.import_batch_id = %(batch)s::bigint)
    and exists (
        select from invoicing_line as l
        where l.entity_id = %(entity)s and l.source_id = t.id and l.source_kind in ('agreement', 'usage'))
limit 1;
