-- A placement that is an account's money has its receipt, of the same amount, reversed exactly when taken back.
select 'banking.receipt' as check, 'placement ' || p.id as subject,
    coalesce('receipt ' || r.id || ' is ' || r.state || ' with ' || r.amount_minor || ' instead of ' || p.amount_minor,
        'no receipt') as detail
from banking_placement as p
left join payments_receipt as r on r.entity_id = p.entity_id and r.id = p.receipt_id
where p.entity_id = %(entity)s and p.receipt_id is not null
    and (r.id is null or r.amount_minor <> p.amount_minor or r.account_id <> p.account_id
        or (r.state = 'reversed') <> (p.undone_on is not null))
limit 100;
