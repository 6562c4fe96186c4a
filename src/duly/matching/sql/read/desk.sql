-- A page of the desk, oldest line first, continued after the last one shown: the page is found first, then told whole.
with page as materialized (
    select r.*
    from matching_result as r
    where r.entity_id = %(entity)s and r.state = any(%(states)s)
        and (%(day)s::date is null or (r.booked_on, r.line_id) > (%(day)s::date, %(last_id)s::bigint))
        and (select l.state = case r.state when 'done' then 'placed' else 'open' end
                and (%(query)s::text is null or l.payer_name ilike %(query)s or l.text ilike %(query)s
                    or matching_money(l.amount_minor, l.currency) ilike %(query)s)
            from banking_line as l
            where l.entity_id = r.entity_id and l.id = r.line_id)
    order by r.booked_on, r.line_id
    limit %(limit)s
)
select r.line_id, l.version as line_version, r.state, r.booked_on, r.amount_minor, r.currency,
    b.name as bank_account_name, l.payer_name, l.text, l.structured_reference, r.sentence, r.method, r.proposal_id,
    p.rule, p.confidence, p.account_id, a.number as account_number, a.name as account_name, p.warnings,
    (
        select count(*) from matching_proposal_item as i
        where i.entity_id = r.entity_id and i.proposal_id = r.proposal_id)::int as items
from page as r
join banking_line as l on l.entity_id = r.entity_id and l.id = r.line_id
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
left join matching_proposal as p on p.entity_id = r.entity_id and p.id = r.proposal_id
left join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
order by r.booked_on, r.line_id;
