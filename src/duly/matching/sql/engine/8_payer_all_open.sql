-- A known payer who pays exactly everything that is open (and it is more than one document).
insert into match_proposal (line_id, account_id, rule, confidence, amount_minor, sentence)
select l.line_id, f.payer_account_id, 'payer_all_open', 'likely', l.amount_minor,
    'The amount is exactly everything that is open of ' || a.name || ' (' || f.all_open || ' documents).'
from match_line as l
join match_fact as f on f.line_id = l.line_id
join receivables_account as a on a.entity_id = %(entity)s and a.id = f.payer_account_id
where l.amount_minor > 0 and f.cited = 0 and f.same_amount = 0 and f.all_open > 1 and f.all_open_minor = l.amount_minor;
