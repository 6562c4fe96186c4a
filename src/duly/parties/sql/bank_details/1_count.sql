-- Every staged payment is counted to the bank account it came from.
insert into parties_bank_detail as d (entity_id, party_id, account_hash, account_encrypted, last4, source,
    first_seen_on, payments_seen)
select %(entity)s, party_id, account_hash, (array_agg(account_encrypted))[1], min(last4), 'seen', min(seen_on),
    greatest(sum(payments), 0)
from staged_bank_detail
group by party_id, account_hash
order by party_id, account_hash
on conflict (entity_id, party_id, account_hash) do update
set payments_seen = greatest(d.payments_seen + (
        select sum(s.payments) from staged_bank_detail as s
        where s.party_id = d.party_id and s.account_hash = d.account_hash), 0),
    first_seen_on = least(d.first_seen_on, excluded.first_seen_on);
