-- Every account and currency with an agreement in force says what this run is to bill for it: the charges staged, and
-- drafts of agreements that wait from before the days this run looked at.
insert into staged_expected (entity_id, account_id, currency, due_minor)
select %(entity)s, account_id, currency, sum(due_minor)
from (
    select account_id, currency, 0::bigint as due_minor
    from commercial_agreement
    where entity_id = %(entity)s and account_id between %(first)s and %(last)s
        and (%(ids)s::bigint[] is null or account_id = any(%(ids)s))
        and state = 'active' and starts_on <= %(through)s and (ends_on is null or ends_on > %(through)s)
    union all
    select d.account_id, d.currency, 0
    from commercial_wanted as w
    join commercial_due as d on d.term_id = w.term_id
    where w.net_minor is null
    union all
    select account_id, currency, net_minor from staged_charge
    union all
    select c.account_id, c.currency, coalesce(c.agreed_net_minor, c.net_minor)
    from (
        select * from invoicing_charge
        where entity_id = %(entity)s and account_id between %(first)s and %(last)s and bill_on <= %(through)s
            and dismissed_by is null
        union all
        select * from invoicing_charge
        where entity_id = %(entity)s and account_id between %(first)s and %(last)s and bill_on <= %(through)s
            and dismissed_by is not null
    ) as c
    left join staged_charge as s on s.charge_key = c.charge_key and s.version = c.version
    left join staged_withdrawn as w on w.charge_key = c.charge_key and w.version = c.version
    where (%(ids)s::bigint[] is null or c.account_id = any(%(ids)s))
        and c.source_kind in ('agreement', 'usage', 'reversal')
        and s.charge_key is null and w.charge_key is null
) as part
group by account_id, currency;
