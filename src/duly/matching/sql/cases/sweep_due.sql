-- Whether the whole office is to be swept ('money'), with its documents once a day ('all'), or not yet ('').
select case when s.entity_id is null or s.bills_on is distinct from %(today)s then 'all'
    when s.swept_at <= %(since)s then 'money' else '' end
from (select 1) as always
left join matching_case_sweep as s on s.entity_id = %(entity)s;
