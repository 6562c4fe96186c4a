-- The first amendment that cannot be made.
select place, problem as code, coalesce(agreement_id::text, '') as about
from staged_amendment
where problem is not null
order by place
limit 1;
