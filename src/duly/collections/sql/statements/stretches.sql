-- All accounts, cut into stretches of so many.
select min(id) as first_id, max(id) as last_id
from (
    select id, (row_number() over (order by id) - 1) / %(size)s as place
    from receivables_account where entity_id = %(entity)s
) as placed
group by place
order by place desc;
