-- Money received and gone back between two days by period, method and currency; opening balances are not cash.
select
    case %(by)s
        when 'day' then to_char(r.received_on, 'YYYY-MM-DD')
        when 'month' then to_char(r.received_on, 'YYYY-MM')
        else r.method
    end as period,
    r.method, r.currency, count(*) filter (where r.amount_minor > 0) as receipts,
    coalesce(sum(r.amount_minor) filter (where r.amount_minor > 0), 0)::bigint as received_minor,
    coalesce(-sum(r.amount_minor) filter (where r.amount_minor < 0), 0)::bigint as returned_minor,
    sum(r.amount_minor)::bigint as net_minor
from payments_receipt as r
where r.entity_id = %(entity)s and r.received_on between %(from_on)s and %(to_on)s and r.method <> 'opening'
group by 1, 2, 3
order by 1, 2, 3;
