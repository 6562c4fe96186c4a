-- A bank account that was only seen in payments taken back is not known any more.
delete from parties_bank_detail as d
using staged_bank_detail as s
where d.entity_id = %(entity)s and d.party_id = s.party_id and d.account_hash = s.account_hash
    and d.source = 'seen' and d.payments_seen = 0;
