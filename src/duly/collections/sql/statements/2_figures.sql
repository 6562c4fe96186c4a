-- What each statement says, currency by currency: opening, what moved, what is past due at the end of its day.
insert into statement_made (account_id, party_id, currency, from_on, opening_minor, moved_minor, past_due_minor, documents,
    channel, address, language)
select d.account_id, d.party_id, s.currency, coalesce(d.from_on, s.first_on, a.opened_on), s.opening, s.moved, s.past_due, s.documents,
    case when a.delivery = 'email' then 'email' else 'letter' end,
    case when a.delivery = 'email' then coalesce(nullif(a.billing_email, ''), p.email) else '' end, a.language
from statement_due as d
join receivables_account as a on a.entity_id = %(entity)s and a.id = d.account_id
join parties_party as p on p.entity_id = %(entity)s and p.id = d.party_id
cross join lateral (
    select i.currency, min(i.issued_on) as first_on,
        coalesce(sum(i.amount_minor) filter (where i.issued_on < d.from_on), 0)::bigint as opening,
        coalesce(sum(i.amount_minor) filter (where d.from_on is null or i.issued_on >= d.from_on), 0)::bigint as moved,
        count(*) filter (where d.from_on is null or i.issued_on >= d.from_on) as documents,
        coalesce(sum(i.open_minor + l.later) filter (where i.due_on < %(to_on)s and i.amount_minor > 0), 0)::bigint as past_due,
        bool_or(i.open_minor <> 0 or i.closed_on > %(to_on)s) as anything_open
    from receivables_item as i
    cross join lateral (
        select coalesce((
            select sum(t.amount_minor) from receivables_allocation as t
            where t.entity_id = i.entity_id and t.debit_item_id = i.id and t.effective_on > %(to_on)s
                and (i.closed_on is null or i.closed_on > %(to_on)s) and i.due_on < %(to_on)s and i.amount_minor > 0), 0) as later
    ) as l
    where i.entity_id = %(entity)s and i.account_id = d.account_id and i.issued_on <= %(to_on)s
    group by i.currency
) as s
where case d.only_when when 'open' then s.anything_open when 'moved' then s.documents > 0 else true end
    and coalesce(d.from_on, s.first_on, a.opened_on) <= %(to_on)s
    and not exists (
        select 1 from collections_statement as m
        where m.entity_id = %(entity)s and m.account_id = d.account_id and m.currency = s.currency and m.to_on = %(to_on)s);
