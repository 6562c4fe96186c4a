-- The accounts of the file are ours until commit, so no import and no placing of its lines slips in between.
select b.id
from banking_account as b
where b.entity_id = %(entity)s
    and b.id in (select bank_account_id from banking_statement where entity_id = %(entity)s and file_id = %(file)s)
order by b.id
for update;
