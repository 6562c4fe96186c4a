-- An accepted proposal stands as a placement with its receipt, of the same account and amount.
select 'matching.accepted' as check, 'proposal ' || p.id as subject,
    'bank line ' || p.line_id || ' has no standing placement with receipt ' || coalesce(p.receipt_id::text, '?') as detail
from matching_proposal as p
left join banking_placement as s
    on s.entity_id = p.entity_id and s.line_id = p.line_id and s.receipt_id = p.receipt_id and s.undone_on is null
where p.entity_id = %(entity)s and p.state = 'accepted'
    and (s.id is null or s.account_id <> p.account_id or s.amount_minor <> p.amount_minor)
limit 100;
