-- Names the first staged write-off that cannot be, and why.
select case
        when s.account_id is null then 'item_unknown'
        when s.amount_minor = 0 then 'nothing_open'
        when s.amount_minor < 0 then 'amount_not_above_zero'
        when s.open_minor < s.amount_minor then 'item_has_less_open'
        when s.side < 0 and not %(small)s then 'money_of_theirs_is_not_written_off'
        else 'item_named_twice' end as problem,
    s.item_id, s.open_minor, s.amount_minor as wanted_minor
from staged_write_off as s
where s.account_id is null or s.amount_minor <= 0 or s.open_minor < s.amount_minor or (s.side < 0 and not %(small)s)
    or (select count(*) from staged_write_off as o where o.item_id = s.item_id) > 1
order by s.write_off_id
limit 1;
