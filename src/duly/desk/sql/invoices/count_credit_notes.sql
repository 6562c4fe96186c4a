-- How many credit notes there are, counted no further than the cap.
select count(*)
from (
    select 1 from receivables_number as n
    where n.entity_id = %(entity)s and n.document_kind = 'credit_note'
    limit 10001
) as counted;
