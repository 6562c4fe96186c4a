-- An amendment whose new line breaks a rule names it.
update staged_amendment as m
set problem = coalesce(m.problem, t.problem)
from staged_term as t
where t.place = m.place and t.problem is not null;
