-- A period stands for every month of the range.
insert into ledger_period (entity_id, starts_on, ends_on)
select %(entity)s, month::date, (month + interval '1 month')::date - 1
from generate_series(date_trunc('month', %(first_on)s::date), %(last_on)s::date, interval '1 month') as month
where not exists (
    select 1 from ledger_period as p where p.entity_id = %(entity)s and p.starts_on = month::date);
