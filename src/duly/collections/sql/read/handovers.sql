-- What was handed over of an account, or of all, newest first.
select h.id, h.batch_id, g.name as agency, a.number as account_number, a.name, h.currency, h.amount_minor, h.items, h.state,
    h.handed_on, h.reason, h.recalled_on, h.recalled_why, h.by_name
from collections_handover as h
join collections_agency as g on g.entity_id = h.entity_id and g.id = h.agency_id
join receivables_account as a on a.entity_id = h.entity_id and a.id = h.account_id
where h.entity_id = %(entity)s and (%(account)s::bigint is null or h.account_id = %(account)s)
order by h.id desc
limit %(limit)s;
