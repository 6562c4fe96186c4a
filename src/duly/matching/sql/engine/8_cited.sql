-- A line that cites open items of one account proposes to pay them: exactly, more than they are, or a part.
insert into match_proposal (line_id, account_id, rule, confidence, amount_minor, left_minor, sentence, warnings)
select l.line_id, f.cited_account_id,
    case when f.cited_minor = l.amount_minor then 'cited' when f.cited_minor < l.amount_minor then 'cited_and_more'
        else 'cited_in_part' end,
    case when f.cited_minor = l.amount_minor then 'exact' when f.cited_minor < l.amount_minor or f.cited_open = 1 then 'likely'
        else 'possible' end,
    l.amount_minor, greatest(l.amount_minor - f.cited_minor, 0),
    f.numbers || case when f.cited_open = 1 then ' is cited' else ' are cited' end || case
        when f.cited_minor = l.amount_minor and f.cited_open = 1 then ' and the amount is exactly what is open.'
        when f.cited_minor = l.amount_minor then ' and together they are exactly the amount.'
        when f.cited_minor < l.amount_minor then '; ' || matching_money(l.amount_minor - f.cited_minor, l.currency)
            || ' more was paid and stays unapplied on the account.'
        else '; ' || matching_money(l.amount_minor, l.currency) || ' was paid of '
            || matching_money(f.cited_minor, l.currency) || ', the rest stays open.' end
    || case when f.payer_account_id = f.cited_account_id and f.payer_by = 'payer_account'
        then ' The payer''s bank account is known as this customer''s.' else '' end,
    array_remove(array[
        case when f.closed_numbers is not null then 'also cites what is settled already: ' || f.closed_numbers end,
        case when f.payer_account_id <> f.cited_account_id
            then 'the payer is known as ' || pa.name || ', not as the customer of the cited document' end,
        case when f.cited_credits > 0 then 'cites a credit note too' end,
        case when f.cited_weak > 0 and f.payer_account_id is distinct from f.cited_account_id
            then 'the number is digits only and the payer is not known' end], null)
from match_line as l
join match_fact as f on f.line_id = l.line_id
left join receivables_account as pa on pa.entity_id = %(entity)s and pa.id = f.payer_account_id
where l.amount_minor > 0 and f.cited_open > 0 and f.cited_accounts = 1 and f.cited_strange = 0;
