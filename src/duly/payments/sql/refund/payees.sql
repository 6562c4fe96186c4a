-- Whom the refunds pay, with the sealed bank account.
select r.id, n.number, r.amount_minor, r.currency, p.name as payee, p.kind as party_kind, p.country, d.account_encrypted,
    r.state
from payments_refund as r
join parties_party as p on p.entity_id = r.entity_id and p.id = r.party_id
join parties_bank_detail as d on d.entity_id = r.entity_id and d.id = r.bank_detail_id
left join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'refund' and n.document_id = r.id
where r.entity_id = %(entity)s and r.id = any(%(ids)s)
order by r.id;
