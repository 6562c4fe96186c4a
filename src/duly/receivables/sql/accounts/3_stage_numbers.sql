-- New accounts without a number of their own are about to get the next ones.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
select %(entity)s, 'account', s.account_id, s.opened_on, s.place
from staged_account as s
where s.number is null
    and not exists (select 1 from receivables_account as a where a.entity_id = %(entity)s and a.id = s.account_id);
