-- What the rooms below know of cases: the same amount on an open bank line, money the bank took back, a tax of the rules.
select c.id as case_id, 'in_transit' as kind, abs(l.amount_minor)::bigint as amount_minor,
    'an open bank line of ' || l.booked_on || ': ' || left(l.text, 80) as text, null::int as line, l.booked_on as "on",
    '{}'::jsonb as arguments
from matching_case as c
join banking_line as l
    on l.entity_id = c.entity_id and l.state = 'open' and l.currency = c.currency
    and l.booked_on between c.happened_on - 10 and c.happened_on + 30
    and abs(l.amount_minor) = c.amount_minor and l.id is distinct from c.line_id
where c.entity_id = %(entity)s and c.id = any(%(cases)s)
    and (c.kind = 'ledger_bank' or sign(l.amount_minor) = case c.favours when 'them' then 1 else -1 end)
union all
select c.id, case when -r.amount_minor = c.amount_minor then 'returned' else 'return_fee' end,
    case when -r.amount_minor = c.amount_minor then c.amount_minor else -r.amount_minor - o.amount_minor end,
    'on ' || r.received_on || coalesce(', ' || nullif(r.note, ''), ''), null, r.received_on, '{}'
from matching_case as c
join payments_receipt as r
    on r.entity_id = c.entity_id and r.account_id = c.account_id and r.kind = 'return' and r.currency = c.currency
    and r.received_on between c.happened_on - 60 and c.happened_on + 60
left join receivables_item as o on o.entity_id = c.entity_id and o.id = c.item_id
where c.entity_id = %(entity)s and c.id = any(%(cases)s)
    and (-r.amount_minor = c.amount_minor or -r.amount_minor - o.amount_minor = c.amount_minor)
union all
select c.id, 'risk', c.amount_minor, 'new bank details were asked for on ' || b.requested_on, null, b.requested_on, '{}'
from matching_case as c
join receivables_account as a on a.entity_id = c.entity_id and a.id = c.account_id
join parties_bank_change as b
    on b.entity_id = a.entity_id and b.party_id = a.party_id and b.requested_on >= c.happened_on - 30
    and b.state <> 'refused'
where c.entity_id = %(entity)s and c.id = any(%(cases)s) and c.favours = 'us'
union all
select c.id, 'tax', c.amount_minor, c.sentence, c.invoice_line, c.happened_on, jsonb_build_object('resolution', 'rebill')
from matching_case as c
where c.entity_id = %(entity)s and c.id = any(%(cases)s) and c.kind = 'tax'
union all
select c.id, coalesce(c.facts ->> 'expected', 'charge'), c.amount_minor, c.sentence, c.invoice_line, c.happened_on, c.facts
from matching_case as c
where c.entity_id = %(entity)s and c.id = any(%(cases)s) and c.kind in ('price', 'missing_charge');
