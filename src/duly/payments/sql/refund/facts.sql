-- What is known of a refund now, in one row.
with recursive wanted as (
    select r.*, d.account_hash, d.last4, d.party_id as to_party_id, d.payments_seen, d.first_seen_on,
        case when d.in_force_to is null then d.in_force_from end as in_force_from
    from payments_refund as r
    join parties_bank_detail as d on d.entity_id = r.entity_id and d.id = r.bank_detail_id
    where r.entity_id = %(entity)s and r.id = %(id)s
),
named as (
    select x.item_id, x.amount_minor, i.account_id, i.currency, -i.open_minor as open_minor, i.amount_minor as whole_minor
    from payments_refund_item as x
    join receivables_item as i on i.entity_id = x.entity_id and i.id = x.item_id
    where x.entity_id = %(entity)s and x.refund_id = %(id)s
),
root as (
    select item_id as named_id, item_id from named
    union
    select r.named_id, t.item_id
    from root as r
    join receivables_transfer as t on t.entity_id = %(entity)s and t.in_item_id = r.item_id
),
origin as (
    select distinct on (r.named_id, i.id) r.named_id as item_id, coalesce(n.number, '') as number,
        case when i.kind <> 'payment' then replace(i.kind, '_', ' ') else p.method end as way,
        coalesce(encode(p.payer_account_hash, 'hex'), '') as account_hash, coalesce(p.payer_account_last4, '') as last4
    from root as r
    join receivables_item as i on i.entity_id = %(entity)s and i.id = r.item_id and i.kind <> 'transfer'
    left join payments_receipt as p on p.entity_id = i.entity_id and i.kind = 'payment' and p.id = i.document_id
    left join receivables_number as n on n.entity_id = i.entity_id and n.document_id = i.document_id
        and n.document_kind = case i.kind when 'payment' then 'receipt' else i.kind end
),
twin as (
    select r.id, coalesce(n.number, r.id::text) as number, r.state,
        coalesce(r.released_on, r.requested_on)::text as "on"
    from payments_refund as r
    join wanted as w on w.account_id = r.account_id and w.amount_minor = r.amount_minor and w.currency = r.currency
    left join receivables_number as n
        on n.entity_id = r.entity_id and n.document_kind = 'refund' and n.document_id = r.id
    where r.entity_id = %(entity)s and r.id <> %(id)s and r.state not in ('refused', 'returned')
        and r.requested_on > %(today)s::date - %(twin_days)s::int
        and (r.id < %(id)s or r.state not in ('requested'))
)
select w.amount_minor,
    (select coalesce(sum(least(amount_minor, open_minor)), 0) from named)::bigint as money_minor,
    coalesce((
        select sum(x.amount_minor)
        from payments_refund_item as x
        join payments_refund as r on r.entity_id = x.entity_id and r.id = x.refund_id
        join named as n on n.item_id = x.item_id
        where x.entity_id = %(entity)s and x.refund_id <> %(id)s and r.state in ('requested', 'approved')
            and n.open_minor < n.amount_minor + x.amount_minor), 0)::bigint as claimed_minor,
    (select count(*) from named where account_id <> w.account_id or currency <> w.currency or whole_minor > 0)::int
        as strange_items,
    (select coalesce(jsonb_agg(to_jsonb(o) order by o.item_id, o.number), '[]') from origin as o) as origins,
    encode(w.account_hash, 'hex') as to_hash, w.last4 as to_last4, w.to_party_id = w.party_id as to_own_party,
    w.payments_seen as to_payments_seen, w.first_seen_on as to_first_seen_on, w.in_force_from as to_in_force_from,
    (
        select max(c.requested_on) from parties_bank_change as c
        where c.entity_id = %(entity)s and c.party_id = w.party_id and c.state = 'in_force') as changed_on,
    exists (
        select 1 from parties_bank_change as c
        where c.entity_id = %(entity)s and c.party_id = w.party_id
            and c.state in ('requested', 'called_back', 'confirmed')) as change_waiting,
    (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'state', state, 'on', "on") order by id), '[]') from twin)
        as twins,
    (
        select count(distinct d.party_id) from parties_bank_detail as d
        where d.entity_id = %(entity)s and d.account_hash = w.account_hash and d.party_id <> w.party_id)::int as sharers,
    (
        select coalesce(jsonb_agg('Everything on the account is stopped: ' || h.reason order by h.id), '[]')
        from receivables_hold as h
        where h.entity_id = %(entity)s and h.account_id = w.account_id and h.released_at is null and h.scope = 'all')
        as holds
from wanted as w;
