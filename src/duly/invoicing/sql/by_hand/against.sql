-- What would hold these accounts in a run: a hold, a closed account, no address to bill to.
select a.id as account_id, case
        when h.reason is not null then 'billing is on hold: ' || h.reason
        when a.state <> 'active' then 'the account is closed.'
        when p.street = '' or p.city = '' then 'the billing address is missing.'
        else 'invoices go by e-mail, and there is no e-mail address.' end as reason
from receivables_account as a
join parties_party as p on p.entity_id = a.entity_id and p.id = a.party_id
left join lateral (
    select o.reason from receivables_hold as o
    where o.entity_id = a.entity_id and o.account_id = a.id and o.released_at is null and o.scope in ('billing', 'all')
    order by o.id
    limit 1
) as h on true
where a.entity_id = %(entity)s and a.id = any(%(account_ids)s)
    and (h.reason is not null or a.state <> 'active' or p.street = '' or p.city = ''
        or (a.delivery = 'email' and a.billing_email = '' and p.email = ''))
order by a.id
limit 1;
