-- The events not taken, and why.
select place, problem as code, external_id as about from staged_usage where problem is not null order by place;
