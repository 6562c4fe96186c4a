-- The refund is asked for.
insert into payments_refund (entity_id, account_id, party_id, currency, amount_minor, bank_detail_id, reason, again_of_id,
    requested_by, requested_by_name, requested_on, requested_at)
select a.entity_id, a.id, a.party_id, a.currency, %(amount_minor)s, d.id, %(reason)s, %(again_of)s, %(by_id)s, %(by)s,
    %(today)s, %(at)s
from receivables_account as a
join parties_bank_detail as d on d.entity_id = a.entity_id and d.id = %(detail)s
where a.entity_id = %(entity)s and a.id = %(account)s
returning id;
