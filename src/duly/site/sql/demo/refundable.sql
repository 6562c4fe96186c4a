-- Accounts with unapplied money from a bank account we know, nothing owed, and nobody holding them; one item each.
select distinct on (i.account_id) i.account_id, a.party_id, d.id as detail_id, i.id as item_id,
    -i.open_minor as free_minor
from receivables_item as i
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
join payments_receipt as r on r.entity_id = i.entity_id and i.kind = 'payment' and r.id = i.document_id
join parties_bank_detail as d
    on d.entity_id = i.entity_id and d.party_id = a.party_id and d.account_hash = r.payer_account_hash
    and d.payments_seen > 0
where i.entity_id = %(entity)s and i.open_minor < -500
    and not exists (
        select 1 from receivables_hold as h
        where h.entity_id = i.entity_id and h.account_id = i.account_id and h.released_at is null)
order by i.account_id, i.id;
