-- The rows left out, in the order of the file.
select place, code, fault as reason from staged_gl_account where fault <> '' order by place;
