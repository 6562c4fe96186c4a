-- Rows that name a code twice, or would turn an account with postings into another kind, carry their reason.
update staged_gl_account as s
set fault = case
    when exists (select 1 from staged_gl_account as o where o.code = s.code and o.place < s.place)
        then 'the code stands in the file twice'
    else 'the account has postings; its kind and control stay as they are'
end
where s.fault = '' and (
    exists (select 1 from staged_gl_account as o where o.code = s.code and o.place < s.place)
    or exists (
        select 1 from ledger_account as a
        where a.entity_id = %(entity)s and a.code = s.code
            and (a.kind <> s.kind or a.control is distinct from s.control)
            and exists (select 1 from ledger_daily as d where d.entity_id = a.entity_id and d.gl_account_id = a.id)));
