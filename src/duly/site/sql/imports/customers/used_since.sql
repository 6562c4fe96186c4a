-- The number of an account of the batch that was used since, if any.
select a.number
from receivables_account as a
where a.entity_id = %(entity)s and a.import_batch_id = %(batch)s
    and (exists (select 1 from receivables_item as i where i.entity_id = a.entity_id and i.account_id = a.id)
        or exists (select 1 from invoicing_charge as c where c.entity_id = a.entity_id and c.account_id = a.id)
        or exists (select 1 from invoicing_invoice as v where v.entity_id = a.entity_id and v.account_id = a.id)
        or exists (select 1 from payments_receipt as r where r.entity_id = a.entity_id and r.account_id = a.id)
        or exists (select 1 from commercial_agreement as g where g.entity_id = a.entity_id and g.account_id = a.id))
limit 1;
