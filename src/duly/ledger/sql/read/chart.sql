-- The chart of accounts in order of code.
select id, code, name, kind, control, parent_code, active
from ledger_account
where entity_id = %(entity)s and (%(code)s::text is null or code = %(code)s)
order by code;
