-- The office's own series of numbers that may be cited in a payment.
select document_kind, prefix, width, next_seq - 1 as last_seq
from receivables_series
where entity_id = %(entity)s and document_kind = any(%(kinds)s) and next_seq > 1
order by year desc, document_kind;
