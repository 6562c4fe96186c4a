-- Somebody on whose account something is open promised to pay.
insert into collections_promise (entity_id, account_id, amount_minor, currency, promised_on, grace_days, made_on, made_with,
    note, owner_id, made_by, made_at)
select a.entity_id, a.id, %(amount)s, a.currency, %(promised_on)s, coalesce(y.promise_grace_days, 3), %(on)s, %(made_with)s,
    %(note)s, %(owner)s, %(by)s, %(at)s
from receivables_account as a
join parties_party as p on p.entity_id = a.entity_id and p.id = a.party_id
left join collections_profile as f on f.entity_id = a.entity_id and f.account_id = a.id
left join collections_policy as y on y.entity_id = a.entity_id and y.valid_to is null
    and y.segment = coalesce(f.segment, case p.kind when 'person' then 'consumer' else 'business' end)
where a.entity_id = %(entity)s and a.id = %(account)s and exists (
    select 1 from receivables_item as i
    where i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor > 0 and i.currency = a.currency)
returning id;
