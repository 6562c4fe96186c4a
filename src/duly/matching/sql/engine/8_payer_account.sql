-- Where only the account is known (the payer, or the customer of a document settled before), money may go on account.
insert into match_proposal (line_id, account_id, rule, confidence, amount_minor, left_minor, sentence, warnings)
select l.line_id, a.id, 'on_account', 'possible', l.amount_minor, l.amount_minor,
    case when f.cited > 0 then 'Cites ' || f.closed_numbers || ' of ' || a.name || ', which is settled already.'
        when f.payer_by = 'payer_account' then 'The payer''s bank account is known as that of ' || a.name
            || ', but no open document has this amount.'
        else 'The payer has exactly the name of ' || a.name || ', but no open document has this amount.' end,
    case when f.cited > 0 then array['perhaps paid twice'] else '{}' end
from match_line as l
join match_fact as f on f.line_id = l.line_id
join receivables_account as a
    on a.entity_id = %(entity)s and a.id = case when f.cited > 0 then f.cited_account_id else f.payer_account_id end
where l.amount_minor > 0 and a.currency = l.currency
    and (f.cited = 0 or (f.cited_open = 0 and f.cited_accounts = 1 and f.cited_strange = 0 and f.cited_credits = 0))
    and not exists (select 1 from match_proposal as p where p.line_id = l.line_id);
