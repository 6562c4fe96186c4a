-- The seat lines of the running agreements, with what they say now.
select a.id as agreement_id, t.line, t.quantity, c.external_id as customer, c.id as account_id
from commercial_agreement as a
join commercial_term as t on t.entity_id = a.entity_id and t.agreement_id = a.id and t.valid_to is null
join catalog_item as i on i.entity_id = t.entity_id and i.id = t.item_id and i.code = 'SEAT'
join receivables_account as c on c.entity_id = a.entity_id and c.id = a.account_id
where a.entity_id = %(entity)s and a.ends_on is null and a.starts_on < %(day)s
order by a.id;
