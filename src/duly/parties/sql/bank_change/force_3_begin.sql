-- The new details are in force.
insert into parties_bank_detail as d (entity_id, party_id, account_hash, account_encrypted, last4, source, first_seen_on,
    in_force_from, change_id)
select c.entity_id, c.party_id, c.account_hash, c.account_encrypted, c.last4, 'entered', c.requested_on, %(today)s, c.id
from parties_bank_change as c
where c.entity_id = %(entity)s and c.id = any(%(ids)s)
order by c.party_id
on conflict (entity_id, party_id, account_hash) do update
set in_force_from = excluded.in_force_from, in_force_to = null, change_id = excluded.change_id,
    source = case when d.source = 'seen' then 'entered' else d.source end;
