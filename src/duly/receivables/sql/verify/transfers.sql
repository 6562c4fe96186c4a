-- Transfers whose two legs are not the same money on two accounts of one ledger account.
select 'transfer ' || t.id as subject,
    case
        when o.id is null or n.id is null then 'one of its legs does not exist'
        when o.amount_minor <> -t.amount_minor or n.amount_minor <> t.amount_minor then 'its legs are not its amount'
        when o.account_id <> t.from_account_id or n.account_id <> t.to_account_id then 'a leg is on another account'
        when o.gl_account_id <> n.gl_account_id then 'its legs are on two ledger accounts'
        else 'it has no entry' end as detail
from receivables_transfer as t
left join receivables_item as o on o.entity_id = t.entity_id and o.id = t.out_item_id
left join receivables_item as n on n.entity_id = t.entity_id and n.id = t.in_item_id
left join ledger_entry as e on e.entity_id = t.entity_id and e.source_kind = 'transfer' and e.source_id = t.id
where t.entity_id = %(entity)s and (
    o.id is null or n.id is null or o.amount_minor <> -t.amount_minor or n.amount_minor <> t.amount_minor
    or o.account_id <> t.from_account_id or n.account_id <> t.to_account_id or o.gl_account_id <> n.gl_account_id
    or e.id is null)
limit 100;
