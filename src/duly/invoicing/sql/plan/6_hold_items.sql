-- Items are held by what stands against billing them now, and free when nothing does any more.
with looked as (
    select i.account_id, i.currency, i.state, i.reason_code as was, a.owner_id, h.reason as hold_reason,
        h.owner_id as hold_owner_id, h.deadline_on as hold_deadline_on, s.sentence, s.surprises,
        s.deadline_on as surprise_deadline_on, s.surprise_owner_id, i.expected_minor, i.net_minor,
        case
            when i.reason_code = 'not_chargeable' then i.reason_code
            when h.reason is not null then 'on_hold'
            when a.state <> 'active' then 'account_closed'
            when i.expected_minor <> i.net_minor then 'drafts_differ'
            when s.sentence is not null then 'surprise'
            else (
                select case
                    when p.street = '' or p.city = '' then 'address_missing'
                    when a.delivery = 'email' and a.billing_email = '' and p.email = '' then 'email_missing'
                end
                from parties_party as p
                where p.entity_id = %(entity)s and p.id = a.party_id)
        end as code
    from invoicing_run_item as i
    join receivables_account as a
        on a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = i.account_id
    left join (
        select distinct on (account_id) account_id, reason, owner_id, deadline_on
        from receivables_hold
        where entity_id = %(entity)s and account_id between %(first)s and %(last)s
            and released_at is null and scope in ('billing', 'all')
        order by account_id, id
    ) as h on h.account_id = i.account_id
    left join (
        select account_id, currency, min(sentence) as sentence, count(*) as surprises,
            min(deadline_on) as deadline_on, min(owner_id) as surprise_owner_id
        from invoicing_surprise
        where entity_id = %(entity)s and run_id = %(run)s and account_id between %(first)s and %(last)s
            and state in ('open', 'held')
        group by account_id, currency
    ) as s on s.account_id = i.account_id and s.currency = i.currency
    where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
        and i.state in ('planned', 'held')
        and (%(account_ids)s::bigint[] is null or i.account_id = any(%(account_ids)s))
)
update invoicing_run_item as i
set state = case when l.code is null then 'planned' else 'held' end,
    reason_code = coalesce(l.code, ''),
    reason = coalesce(
        case l.code
            when 'not_chargeable' then i.reason
            when 'on_hold' then 'Billing is on hold: ' || l.hold_reason
            when 'account_closed' then 'The account is closed.'
            when 'drafts_differ' then 'Agreements and waiting drafts say '
                || duly_major(l.expected_minor, i.currency) || ' is due, the drafts say '
                || duly_major(l.net_minor, i.currency) || '.'
            when 'surprise' then l.sentence || case when l.surprises > 1
                then ' (and ' || l.surprises - 1 || ' more to decide)' else '' end
            when 'address_missing' then 'The billing address is missing.'
            when 'email_missing' then 'Invoices go by e-mail, and there is no e-mail address.'
        end, ''),
    owner_id = case when l.code is not null then coalesce(l.hold_owner_id, l.surprise_owner_id, l.owner_id) end,
    deadline_on = case when l.code is not null
        then coalesce(l.hold_deadline_on, l.surprise_deadline_on, %(deadline_on)s) end
from looked as l
where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
    and i.account_id = l.account_id and i.currency = l.currency
    and (coalesce(l.code, '') <> i.reason_code or (l.code is null) <> (i.state = 'planned'));
