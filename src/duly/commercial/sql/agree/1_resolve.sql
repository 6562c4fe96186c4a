-- Staged agreements know their account, currency, anchor and number; those whose external id is known are repeated.
update staged_agreement as s
set account_id = a.id,
    currency = coalesce(s.currency, a.currency),
    number = coalesce(nullif(s.number, ''), 'AG-' || lpad(s.agreement_id::text, greatest(6, length(s.agreement_id::text)), '0')),
    anchor_day = coalesce(s.anchor_day, case s.anchor_kind when 'calendar' then 1
        else extract(day from coalesce(s.trial_ends_on, s.starts_on)) end),
    anchor_on = coalesce(s.trial_ends_on, s.starts_on),
    repeated = k.id is not null
from staged_agreement as o
left join lateral (
    select r.id, r.currency from receivables_account as r
    where r.entity_id = %(entity)s and r.id = o.account_id
    union all
    select r.id, r.currency from receivables_account as r
    where r.entity_id = %(entity)s and o.account_id is null and r.number = o.account_number
    union all
    select r.id, r.currency from receivables_account as r
    where r.entity_id = %(entity)s and o.account_id is null and o.account_number is null
        and r.external_id = o.account_external_id
    limit 1) as a on true
left join commercial_agreement as k on k.entity_id = %(entity)s and k.external_id = o.external_id
where o.place = s.place;
