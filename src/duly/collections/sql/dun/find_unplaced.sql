-- Money nobody has placed that may belong to an account: its own unapplied money, bank lines proposed to it, bank lines
-- from a bank account known as its payer's, and for a while bank lines of exactly an amount it owes.
insert into collections_unplaced (entity_id, run_id, account_id, line_id, item_id, amount_minor, currency, why, since)
with lines as materialized (
    select l.id, l.amount_minor, l.currency, l.booked_on, l.payer_account_hash
    from banking_line as l
    where l.entity_id = %(entity)s and l.amount_minor > 0 and l.state = 'open' and not l.is_return
    union
    select l.id, p.amount_minor, l.currency, l.booked_on, l.payer_account_hash
    from banking_placement as p
    join banking_line as l on l.entity_id = p.entity_id and l.id = p.line_id
    where p.entity_id = %(entity)s and p.kind = 'unidentified' and p.undone_on is null and p.amount_minor > 0
),
proposed as materialized (
    select distinct l.id, l.amount_minor, l.currency, l.booked_on, m.account_id
    from lines as l
    join matching_proposal as m on m.entity_id = %(entity)s and m.line_id = l.id and m.state = 'proposed'
),
found as (
    select i.account_id, null::bigint as line_id, i.id as item_id, -i.open_minor as minor, i.currency, 'unapplied' as why,
        i.issued_on as since
    from receivables_item as i
    where i.entity_id = %(entity)s and i.open_minor < 0
    union all
    select account_id, id, null, amount_minor, currency, 'proposed', booked_on from proposed
    union all
    select a.id, l.id, null, l.amount_minor, l.currency, 'known_payer', l.booked_on
    from lines as l
    join parties_bank_detail as b on b.entity_id = %(entity)s and b.account_hash = l.payer_account_hash
    join receivables_account as a on a.entity_id = %(entity)s and a.party_id = b.party_id and a.currency = l.currency
    where not exists (select 1 from proposed as p where p.id = l.id)
    union all
    select i.account_id, l.id, i.id, l.amount_minor, l.currency, 'same_amount', l.booked_on
    from lines as l
    join receivables_item as i on i.entity_id = %(entity)s and i.open_minor = l.amount_minor and i.currency = l.currency
        and i.issued_on <= l.booked_on
    where l.booked_on + (
            select max(y.money_wait_days) from collections_policy as y
            where y.entity_id = %(entity)s and y.valid_to is null) >= %(through_on)s
        and not exists (select 1 from proposed as p where p.id = l.id)
)
select %(entity)s, %(run)s, account_id, line_id, item_id, minor, currency, why, since
from found
where %(accounts)s::bigint[] is null or account_id = any(%(accounts)s::bigint[]);
