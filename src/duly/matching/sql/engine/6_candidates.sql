-- The items that evidence speaks for: those cited (open or not), and the open ones of a payer that is one account.
with cited as (
    select distinct on (e.line_id, i.id) e.line_id, i.id as item_id, i.account_id, n.number, e.kind as cited_by,
        i.open_minor, i.currency, i.due_on, i.closed_on
    from match_evidence as e
    join receivables_item as i
        on i.entity_id = %(entity)s and i.document_id = e.document_id and i.kind = e.document_kind
    join receivables_number as n
        on n.entity_id = i.entity_id and n.document_kind = e.document_kind and n.document_id = e.document_id
    where e.document_id is not null
    order by e.line_id, i.id, e.strength desc
),
payer as (
    select line_id, min(account_id) as account_id
    from match_evidence
    where account_id is not null
    group by line_id
    having count(distinct account_id) = 1
)
insert into match_candidate (line_id, item_id, account_id, number, cited_by, open_minor, currency, due_on, closed_on)
select line_id, item_id, account_id, number, cited_by, open_minor, currency, due_on, closed_on from cited
union all
select line_id, item_id, account_id, number,
    -- Within one customer the last digits of a number are enough, when nothing but separators stands around them.
    case when length(tail) >= 4 and tail !~ '^(19|20)[0-9]{2}$' and strpos(words, tail) > 0
            and words ~ ('(?<![0-9])0*' || tail || '(?![0-9])')
        then 'number_tail' end,
    open_minor, currency, due_on, null
from (
    select p.line_id, i.id as item_id, i.account_id, coalesce(n.number, i.kind || ' ' || i.document_id) as number,
        ltrim(substring(n.number from '([0-9]{4,})[^0-9]*$'), '0') as tail, l.words, i.open_minor, i.currency, i.due_on
    from payer as p
    join match_line as l on l.line_id = p.line_id and l.amount_minor > 0
    join receivables_item as i
        on i.entity_id = %(entity)s and i.account_id = p.account_id and i.open_minor > 0 and i.currency = l.currency
    left join receivables_number as n
        on n.entity_id = i.entity_id and n.document_id = i.document_id
        and n.document_kind = case i.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else i.kind end
    where not exists (select 1 from cited as c where c.line_id = p.line_id and c.item_id = i.id)
) as owed;
