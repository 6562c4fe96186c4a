-- Without anything cited, a known payer's open items of exactly the amount: one is the match, several are a choice.
insert into match_proposal (line_id, account_id, rank, rule, confidence, amount_minor, sentence)
select line_id, account_id, rank, 'payer_amount', case when same_amount = 1 then 'exact' else 'possible' end,
    amount_minor, sentence
from (
    select l.line_id, c.account_id, l.amount_minor, f.same_amount,
        row_number() over (partition by l.line_id order by c.due_on, c.item_id) as rank,
        case f.payer_by when 'payer_account'
            then 'The payer''s bank account has paid ' || a.name || ' '
                || case f.payer_seen when 0 then 'not yet, but is on file' when 1 then 'once' else f.payer_seen || ' times' end
            else 'The payer has exactly the name of ' || a.name end
        || '; ' || c.number || case when f.same_amount = 1 then ' is the only open document of exactly this amount.'
            else ' is one of ' || f.same_amount || ' open documents of exactly this amount.' end as sentence
    from match_line as l
    join match_fact as f on f.line_id = l.line_id
    join match_candidate as c on c.line_id = l.line_id and c.cited_by is null and c.open_minor = l.amount_minor
    join receivables_account as a on a.entity_id = %(entity)s and a.id = c.account_id
    where l.amount_minor > 0 and f.cited = 0 and f.same_amount > 0
) as choices
where rank <= 3;
