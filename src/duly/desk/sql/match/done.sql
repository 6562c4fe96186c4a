-- Lines that are done, newest first, continued after the last one shown.
select r.line_id, l.version as line_version, r.state, r.booked_on, r.amount_minor, r.currency,
    b.name as bank_account_name, l.payer_name, l.text, l.structured_reference, r.sentence, r.method, r.proposal_id,
    p.rule, p.confidence, p.account_id, a.number as account_number, a.name as account_name, p.warnings,
    (
        select count(*) from matching_proposal_item as i
        where i.entity_id = r.entity_id and i.proposal_id = r.proposal_id)::int as items
from matching_result as r
join banking_line as l on l.entity_id = r.entity_id and l.id = r.line_id
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
left join matching_proposal as p on p.entity_id = r.entity_id and p.id = r.proposal_id
left join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
where r.entity_id = %(entity)s and r.state = 'done' and l.state = 'placed'
    and (%(day)s::date is null or (r.booked_on, r.line_id) < (%(day)s::date, %(last_id)s::bigint))
    and (%(query)s::text is null or l.payer_name ilike %(query)s or l.text ilike %(query)s
        or matching_money(l.amount_minor, l.currency) ilike %(query)s)
order by r.booked_on desc, r.line_id desc
limit %(limit)s;
