-- Accounts whose rule makes a statement due: none was made since the cycle's day of this month or quarter.
insert into statement_due (account_id, party_id, from_on, only_when)
select a.id, a.party_id, b.to_on + 1, r.only_when
from receivables_account as a
join parties_party as p on p.entity_id = a.entity_id and p.id = a.party_id
left join collections_profile as f on f.entity_id = a.entity_id and f.account_id = a.id
join collections_statement_rule as r on r.entity_id = a.entity_id
    and r.segment = coalesce(f.segment, case p.kind when 'person' then 'consumer' else 'business' end)
cross join lateral (select coalesce(f.statement_every, r.every) as every) as e
cross join lateral (
    select case when s.day <= %(to_on)s then s.day else (s.day - s.span)::date end as since
    from (
        select (date_trunc(e.every, %(to_on)s::date)::date + (r.day - 1)) as day,
            case e.every when 'quarter' then interval '3 months' else interval '1 month' end as span
    ) as s
) as c
left join lateral (
    select s.to_on from collections_statement as s
    where s.entity_id = a.entity_id and s.account_id = a.id
    order by s.to_on desc
    limit 1
) as b on true
where a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and e.every <> 'never' and a.state = 'active'
    and a.delivery <> 'none' and a.opened_on <= %(to_on)s and (b.to_on is null or b.to_on < c.since)
    and (%(accounts)s::bigint[] is null or a.id = any(%(accounts)s::bigint[]));
