-- Accounts of the file that the chart lacks are in it.
insert into ledger_account (entity_id, code, name, kind, control, parent_code, active, import_batch_id)
select %(entity)s, s.code, s.name, s.kind, s.control, s.parent_code, s.active, %(batch)s
from staged_gl_account as s
where s.fault = ''
order by s.code
on conflict (entity_id, code) do nothing;
