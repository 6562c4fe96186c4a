-- Where the proved chain of an account begins, and whether its opening is in the books.
select s.opening_minor, s.from_on, b.currency, b.gl_account_id,
    exists (
        select 1 from ledger_entry as e
        where e.entity_id = b.entity_id and e.source_kind = 'bank_opening' and e.source_id = b.id) as posted
from banking_account as b
join banking_statement as s on s.entity_id = b.entity_id and s.bank_account_id = b.id and s.state = 'chained'
where b.entity_id = %(entity)s and b.id = %(id)s
order by s.chain_no
limit 1;
