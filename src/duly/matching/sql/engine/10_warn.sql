-- What speaks against a proposal although it fits: the account, a payer never seen with a large amount, a person's no.
update match_proposal as p
set warnings = p.warnings || w.found
from (
    select q.proposal_id, array_remove(array[
        case when a.state = 'closed' then 'the account is closed' end,
        case when a.currency <> l.currency then 'the account is kept in ' || a.currency end,
        case when h.reason is not null then 'the account is held: ' || h.reason end,
        case when l.payer_hash is not null and not k.known and l.amount_minor >= coalesce(
                y.first_payment_limit_minor, %(limit_major)s * power(10::numeric, duly_currency_digits(l.currency)))
            then 'first payment from this bank account, and a large one' end,
        case when q.rule = 'payer_amount' and l.names_a_number
            then 'the text names a number that is not known here' end,
        case when t.taken_back then 'the same was taken back before' end], null) as found
    from match_proposal as q
    join match_line as l on l.line_id = q.line_id
    join receivables_account as a on a.entity_id = %(entity)s and a.id = q.account_id
    left join matching_policy as y on y.entity_id = a.entity_id and y.currency = l.currency
    cross join lateral (
        select exists (
            select 1 from parties_bank_detail as d
            where d.entity_id = a.entity_id and d.party_id = a.party_id and d.account_hash = l.payer_hash) as known
    ) as k
    cross join lateral (
        select exists (
            select 1 from matching_proposal as former
            where former.entity_id = a.entity_id and former.line_id = q.line_id and former.account_id = q.account_id
                and former.state in ('undone', 'refused')) as taken_back
    ) as t
    left join lateral (
        select string_agg(reason, '; ') as reason
        from receivables_hold as held
        where held.entity_id = a.entity_id and held.account_id = a.id and held.released_at is null
            and held.scope = 'all'
    ) as h on true
) as w
where w.proposal_id = p.proposal_id and cardinality(w.found) > 0;
