-- One agreement by id or number, with whether it runs, pauses or is over on a day.
select a.id, a.number, a.account_id, r.number as account_number, r.name as account_name, a.name, a.currency,
    a.price_list, a.starts_on, a.ends_on, a.trial_ends_on, a.anchor_kind, a.anchor_day, a.interval_unit,
    a.interval_count, a.timing, a.proration, a.po_number, a.state, a.external_id, a.recheck_from, a.version,
    case
        when a.state <> 'active' then a.state
        when a.starts_on > %(today)s then 'not_started'
        when a.ends_on <= %(today)s then 'ended'
        when a.trial_ends_on > %(today)s then 'trial'
        when exists (
            select from commercial_pause as p
            where p.entity_id = a.entity_id and p.agreement_id = a.id and p.paused_on <= %(today)s
                and (p.resumed_on is null or p.resumed_on > %(today)s)) then 'paused'
        else 'active' end as standing
from commercial_agreement as a
join receivables_account as r on r.entity_id = a.entity_id and r.id = a.account_id
where a.entity_id = %(entity)s and (a.id = %(id)s::bigint or a.number = %(number)s::text);
