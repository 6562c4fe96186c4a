-- What stands against taking a file back: lines that are placed, a later file that continues or relies on it.
select f.name, f.state,
    (
        select count(*)
        from banking_statement as s
        join banking_line as l on l.entity_id = s.entity_id and l.statement_id = s.id and l.state = 'placed'
        where s.entity_id = f.entity_id and s.file_id = f.id) as placed,
    (
        select string_agg(distinct later.name, ', ')
        from banking_statement as s
        join banking_statement as t
            on t.entity_id = s.entity_id and t.bank_account_id = s.bank_account_id and t.file_id > s.file_id
        join banking_file as later on later.entity_id = t.entity_id and later.id = t.file_id and later.state = 'imported'
        where s.entity_id = f.entity_id and s.file_id = f.id
            and (t.chain_no > s.chain_no or later.lines_known > 0)) as built_on
from banking_file as f
where f.entity_id = %(entity)s and f.id = %(file)s;
