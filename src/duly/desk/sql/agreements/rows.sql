-- These agreements as rows of the list, newest first.
select a.id, a.number, a.account_id, r.number as account_number, r.name as account_name, a.name, a.currency,
    a.starts_on, a.ends_on, a.interval_unit, a.interval_count, a.timing, a.state, l.lines, l.billed_to
from commercial_agreement as a
join receivables_account as r on r.entity_id = a.entity_id and r.id = a.account_id
cross join lateral (
    select count(distinct t.line) as lines, max(b.period_to) as billed_to
    from commercial_term as t
    left join lateral (
        select i.period_to from invoicing_line as i
        where i.entity_id = a.entity_id and i.source_id = t.id and i.source_kind in ('agreement', 'usage')
            and i.period_from is not null
        order by i.period_from desc
        limit 1) as b on true
    where t.entity_id = a.entity_id and t.account_id = a.account_id and t.agreement_id = a.id
        and (t.valid_to is null or t.valid_to > t.valid_from)) as l
where a.entity_id = %(entity)s and a.id = any(%(ids)s) and a.state <> 'withdrawn'
order by a.id desc;
