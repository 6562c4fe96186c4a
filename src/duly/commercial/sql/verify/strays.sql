-- Lines whose agreement is missing, on another account, or not billable: a recurring line without an interval.
select 'commercial.line_without_agreement' as check, 'line ' || t.id as subject,
    case when a.id is null then 'agreement ' || t.agreement_id || ' is missing'
        when a.account_id <> t.account_id then 'its agreement is of account ' || a.account_id
        else 'its item ' || t.item_id || ' is missing' end as detail
from commercial_term as t
left join commercial_agreement as a on a.entity_id = t.entity_id and a.id = t.agreement_id
left join catalog_item as i on i.entity_id = t.entity_id and i.id = t.item_id
where t.entity_id = %(entity)s and (a.id is null or a.account_id <> t.account_id or i.id is null)
limit 100;
