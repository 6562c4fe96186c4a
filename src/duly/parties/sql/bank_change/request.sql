-- A new bank account is asked for; one change of a party is on its way at a time.
insert into parties_bank_change (entity_id, party_id, account_hash, account_encrypted, last4, holder, reason, came_by,
    requested_by, requested_by_name, requested_on, requested_at)
select %(entity)s, p.id, %(hash)s, %(sealed)s, %(last4)s, %(holder)s, %(reason)s, %(came_by)s, %(by_id)s, %(by)s,
    %(today)s, %(at)s
from parties_party as p
where p.entity_id = %(entity)s and p.id = %(party)s
on conflict (entity_id, party_id) where state in ('requested', 'called_back', 'confirmed') do nothing
returning id;
