-- Staged events know their account, their day in the entity's zone, and the agreement that bills their meter: the one
-- named, or the only one of the account that has the meter.
update staged_usage as u
set account_id = a.account_id, agreement_id = coalesce(a.named_id, a.only_id),
    on_day = (u.at at time zone e.zone)::date,
    problem = case
        when a.account_id is null then 'account_unknown'
        when u.agreement_number is not null and a.named_id is null then 'agreement_unknown'
        when a.metered > 1 and a.named_id is null then 'agreement_ambiguous'
        when u.external_id = '' then 'external_id_missing'
        when u.meter = '' then 'meter_missing' end
from (
    select o.place, r.id as account_id, named.id as named_id, m.metered, m.only_id
    from staged_usage as o
    left join receivables_account as r
        on r.entity_id = %(entity)s and r.id = coalesce(o.account_id, (
            select n.id from receivables_account as n where n.entity_id = %(entity)s and n.number = o.account_number))
    left join commercial_agreement as named
        on named.entity_id = %(entity)s and named.account_id = r.id and named.number = o.agreement_number
    left join lateral (
        select count(distinct t.agreement_id) as metered, min(t.agreement_id) as only_id
        from commercial_term as t
        join commercial_agreement as g on g.entity_id = t.entity_id and g.id = t.agreement_id and g.state <> 'withdrawn'
        where t.entity_id = %(entity)s and t.account_id = r.id and t.meter = o.meter
            and (t.valid_to is null or t.valid_to > t.valid_from)) as m on true
) as a, access_entity as e
where a.place = u.place and e.id = %(entity)s;
