-- Accounts of the chart that the file names otherwise are as the file says.
update ledger_account as a
set name = s.name, kind = s.kind, control = s.control, parent_code = s.parent_code, active = s.active
from staged_gl_account as s
where a.entity_id = %(entity)s and a.code = s.code and s.fault = ''
    and (a.name, a.kind, a.control, a.parent_code, a.active)
        is distinct from (s.name, s.kind, s.control, s.parent_code, s.active);
