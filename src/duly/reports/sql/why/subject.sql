-- What goes by this word: numbers of documents and accounts first, then references, then codes.
select kind, id, number
from (
    select 1 as rank, document_kind as kind, document_id as id, number
    from receivables_number where entity_id = %(entity)s and number = %(word)s and document_kind <> 'account'
    union all
    select 2, 'account', id, number from receivables_account where entity_id = %(entity)s and number = %(word)s
    union all
    select 3, document_kind, document_id, number
    from receivables_number
    where entity_id = %(entity)s and reference = regexp_replace(upper(%(word)s), '[\s/+*]', '', 'g') and document_kind <> 'account'
    union all
    select 4, 'account', id, number from receivables_account
    where entity_id = %(entity)s and external_id = %(word)s and external_id is not null
    union all
    select 4, 'agreement', id, number from commercial_agreement where entity_id = %(entity)s and number = %(word)s
    union all
    select 5, 'ledger_account', id, code from ledger_account where entity_id = %(entity)s and code = %(word)s
    union all
    select 6, 'item', id, code from catalog_item where entity_id = %(entity)s and code = %(word)s
    union all
    select 7, 'tax_code', id, code from catalog_tax_code where entity_id = %(entity)s and code = %(word)s
) as named
order by rank
limit 1;
