-- Every line that was looked at stands somewhere on the desk, with a sentence.
insert into matching_result as r (entity_id, line_id, booked_on, amount_minor, currency, state, sentence, proposal_id, at)
select %(entity)s, l.line_id, l.booked_on, l.amount_minor, l.currency,
    case when p.confidence = 'exact' then 'ready' when p.proposal_id is not null then 'decide'
        when l.amount_minor < 0 then 'decide' else 'none' end,
    case when p.proposal_id is not null then p.sentence || case when cardinality(p.warnings) > 0
            then ' For a person: ' || array_to_string(p.warnings, '; ') || '.' else '' end
        when l.amount_minor < 0 and l.is_return then 'A payment came back; which one is not clear from the line.'
        when l.amount_minor < 0 then 'Money went out: a charge of the bank, a refund, or a transfer of our own.'
        when f.cited_strange > 0 then 'Cites ' || coalesce(f.numbers, f.closed_numbers, 'a document') || ', which is in another currency.'
        when f.cited_accounts > 1 then 'Cites documents of ' || f.cited_accounts || ' accounts; split it by hand.'
        when f.cited_credits > 0 then 'Cites a credit note.'
        when f.payer_accounts > 1 then 'The payer is known as ' || f.payer_accounts || ' accounts and nothing is cited.'
        else 'Nothing of ours is cited and the payer is not known.' end,
    p.proposal_id, %(at)s
from match_line as l
join match_fact as f on f.line_id = l.line_id
left join match_proposal as p on p.line_id = l.line_id and p.rank = 1
join banking_line as b on b.entity_id = %(entity)s and b.id = l.line_id and b.state = 'open' and b.version = l.version
on conflict (entity_id, line_id) do update set
    state = excluded.state, sentence = excluded.sentence, proposal_id = excluded.proposal_id, at = excluded.at,
    method = '';
