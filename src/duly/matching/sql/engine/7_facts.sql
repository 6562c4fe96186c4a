-- Everything the proposals ask about a line, in one row.
with payer as (
    select line_id, count(distinct account_id) as accounts, min(account_id) as account_id, min(kind) as kind,
        max(strength) as seen
    from match_evidence where account_id is not null group by line_id
),
items as (
    select l.line_id,
        count(c.item_id) filter (where c.cited_by is not null) as cited,
        count(c.item_id) filter (where c.cited_by is not null and c.open_minor > 0) as cited_open,
        count(distinct c.account_id) filter (where c.cited_by is not null) as cited_accounts,
        min(c.account_id) filter (where c.cited_by is not null) as cited_account_id,
        sum(c.open_minor) filter (where c.cited_by is not null and c.open_minor > 0) as cited_minor,
        count(c.item_id) filter (where c.cited_by is not null and c.currency <> l.currency) as cited_strange,
        count(c.item_id) filter (where c.cited_by is not null and c.open_minor < 0) as cited_credits,
        count(c.item_id) filter (where c.cited_by = 'number_plain') as cited_weak,
        string_agg(c.number, ', ' order by c.due_on, c.item_id)
            filter (where c.cited_by is not null and c.open_minor > 0) as numbers,
        string_agg(c.number || ' (' || c.closed_on || ')', ', ' order by c.item_id)
            filter (where c.cited_by is not null and c.open_minor = 0) as closed_numbers,
        count(c.item_id) filter (where c.cited_by is null and c.open_minor = l.amount_minor) as same_amount,
        count(c.item_id) filter (where c.cited_by is null) as all_open,
        coalesce(sum(c.open_minor) filter (where c.cited_by is null), 0) as all_open_minor
    from match_line as l
    left join match_candidate as c on c.line_id = l.line_id
    group by l.line_id
)
insert into match_fact (line_id, cited, cited_open, cited_accounts, cited_account_id, cited_minor, cited_strange,
    cited_credits, cited_weak, numbers, closed_numbers, payer_accounts, payer_account_id, payer_by, payer_seen,
    same_amount, all_open, all_open_minor)
select i.line_id, i.cited, i.cited_open, i.cited_accounts, i.cited_account_id, i.cited_minor, i.cited_strange,
    i.cited_credits, i.cited_weak, i.numbers, i.closed_numbers, coalesce(p.accounts, 0),
    case when p.accounts = 1 then p.account_id end, p.kind, p.seen, i.same_amount, i.all_open, i.all_open_minor
from items as i
left join payer as p on p.line_id = i.line_id;
