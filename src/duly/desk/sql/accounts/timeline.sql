-- The account's story, newest first: documents, receipts, what settled what, mails, and what people changed.
-- Each part walks an index of the account (or of its documents) and stops at the page's size.
with items as (
    select i.id, i.kind, i.document_id from receivables_item as i
    where i.entity_id = %(entity)s and i.account_id = %(account)s
),
documents as (
    select 'document' as kind, v.id, v.issued_on as on_day, null::timestamptz as at, 1 as rank, '' as actor,
        v.kind as word, coalesce(n.number, '') as number, v.total_minor as amount_minor, v.currency,
        v.reason as note, case when v.voided_by_id is not null then 'voided' else '' end as state,
        null::bigint as event_id, '{}'::bigint[] as ids, 1 as things
    from invoicing_invoice as v
    left join receivables_number as n on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
    where %(money)s and v.entity_id = %(entity)s and v.account_id = %(account)s and v.issued_on <= %(until)s
    order by v.issued_on desc, v.id desc
    limit %(reach)s
),
receipts as (
    select 'receipt', r.id, r.received_on, null::timestamptz, 3, r.by_name, r.kind, coalesce(n.number, ''),
        r.amount_minor, r.currency, concat_ws(' · ', r.method, nullif(r.reference, ''), nullif(r.note, '')), r.state,
        (select e.id from events_event as e
            where e.entity_id = r.entity_id and e.subject_kind = 'receipt' and e.subject_id = r.id
                and e.undo is not null and r.state = 'recorded'
                and not exists (select 1 from events_event as u where u.entity_id = e.entity_id and u.undo_of = e.id)
            order by e.id limit 1), '{}'::bigint[], 1
    from payments_receipt as r
    left join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'receipt' and n.document_id = r.id
    where %(money)s and r.entity_id = %(entity)s and r.account_id = %(account)s and r.received_on <= %(until)s
        -- A correction is one step: its mirror and the receipt as it should be stand in the act itself.
        and not (%(changes)s and (r.source_key like 'correction:%%' or exists (
            select 1 from payments_receipt as c
            where c.entity_id = r.entity_id and c.source_key = 'correction:' || r.reverses_id)))
    order by r.received_on desc, r.id desc
    limit %(reach)s
),
allocations as (
    select 'allocation', min(a.id), a.effective_on, null::timestamptz, 4, '',
        case when a.reverses_id is null then 'applied' else 'taken back' end, coalesce(max(n.number), ''),
        sum(a.amount_minor)::bigint, a.currency, max(a.reason), '', null::bigint,
        coalesce(array_agg(a.id) filter (where a.reverses_id is null and not exists (
            select 1 from receivables_allocation as b where b.entity_id = a.entity_id and b.reverses_id = a.id)), '{}'),
        count(*)::int
    from items as c
    join receivables_allocation as a on a.entity_id = %(entity)s and a.credit_item_id = c.id
    left join receivables_number as n on n.entity_id = a.entity_id and n.document_id = c.document_id
        and n.document_kind = case c.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else c.kind end
    where %(money)s and a.effective_on <= %(until)s
        and not (%(changes)s and exists (
            select 1 from events_event as e
            where e.entity_id = a.entity_id and e.xid = a.xid and e.action = any(%(one_step)s::text[])))
    group by a.credit_item_id, a.effective_on, a.currency, a.reverses_id is null
    order by a.effective_on desc, min(a.id) desc
    limit %(reach)s
),
mails as (
    select 'mail', o.id, (coalesce(o.sent_at, o.not_before) at time zone %(zone)s)::date, coalesce(o.sent_at, o.not_before),
        2, '', o.kind, coalesce(n.number, ''), null::bigint, v.currency, o.reply, o.state, null::bigint, '{}'::bigint[], 1
    from invoicing_invoice as v
    join events_outbox as o on o.entity_id = v.entity_id and o.subject_kind in ('invoice', 'credit_note')
        and o.subject_id = v.id
    left join receivables_number as n on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
    where %(messages)s and v.entity_id = %(entity)s and v.account_id = %(account)s
        and (coalesce(o.sent_at, o.not_before) at time zone %(zone)s)::date <= %(until)s
    order by 3 desc, o.id desc
    limit %(reach)s
),
acts as (
    select 'act', e.id, (e.at at time zone %(zone)s)::date, e.at, 5, e.actor, e.action, coalesce(n.number, ''),
        null::bigint, null::char(3), e.summary, case when u.id is not null then 'undone' else '' end,
        case when e.undo is not null and u.id is null then e.id end,
        case when n.number is null then '{}'::bigint[] else array[e.subject_id] end, 1
    from events_event as e
    left join events_event as u on u.entity_id = e.entity_id and u.undo_of = e.id
    left join receivables_number as n
        on n.entity_id = e.entity_id and n.document_kind = e.subject_kind and n.document_id = e.subject_id
        and e.subject_kind = 'receipt' and e.action = any(%(linked)s::text[])
    where %(changes)s and e.entity_id = %(entity)s and e.account_id = %(account)s and e.undo_of is null
        and (e.at at time zone %(zone)s)::date <= %(until)s
        and e.action <> all(%(shown_otherwise)s::text[])
    order by e.id desc
    limit %(reach)s
)
select s.*, s.on_day::text || '|' || s.rank as sort_key
from (
    select * from documents
    union all select * from receipts
    union all select * from allocations
    union all select * from mails
    union all select * from acts
) as s
where %(after)s::text is null or ((s.on_day::text || '|' || s.rank) collate "C", s.id) < (%(after)s::text collate "C", %(after_id)s::bigint)
order by s.on_day desc, s.rank desc, s.id desc
limit %(limit)s;
