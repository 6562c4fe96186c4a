-- Bank accounts that cannot be entered say why.
update staged_import as s
set (problem, remedy) = (
    case
        when g.id is null then 'ledger account ' || s.gl_code || ' is not in the chart'
        when g.control is not null then 'ledger account ' || s.gl_code || ' is a control account'
        when s.iban = '' and s.account_number = '' then 'neither IBAN nor account number'
        when s.iban <> '' and replace(s.iban, ' ', '') !~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$' then 'IBAN ' || s.iban || ' cannot be right'
    end,
    case when g.id is null then 'import the chart first' else 'correct the cell' end)
from staged_import as t
left join ledger_account as g on g.entity_id = %(entity)s and g.code = t.gl_code
where s.line = t.line
    and (g.id is null or g.control is not null or (s.iban = '' and s.account_number = '')
        or (s.iban <> '' and replace(s.iban, ' ', '') !~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$'));
