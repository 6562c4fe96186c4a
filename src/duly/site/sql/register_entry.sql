-- What the register of numbers knows under a number or a payment reference.
select document_kind as kind, document_id as id, number
from receivables_number
where entity_id = %(entity)s and (number = %(word)s or reference = replace(%(word)s, ' ', ''));
