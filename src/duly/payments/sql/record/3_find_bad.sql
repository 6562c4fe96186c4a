-- Names the first staged receipt that cannot stand: same key with other content, unknown account, other currency.
select
    case
        when a.id is null then 'account_unknown'
        when a.currency <> s.currency then 'currency_differs_from_account'
        else 'key_used_for_other_content'
    end as problem,
    s.source_key,
    s.account_id
from staged_receipt as s
join payments_receipt as r on r.entity_id = s.entity_id and r.id = s.receipt_id
left join receivables_account as a on a.entity_id = s.entity_id and a.id = s.account_id
where s.entity_id = %(entity)s
    and (a.id is null or a.currency <> s.currency
        or (r.account_id, r.kind, r.currency, r.amount_minor, r.received_on, r.method, r.gl_account_id)
            is distinct from
            (s.account_id, s.kind, s.currency, s.amount_minor, s.received_on, s.method, s.gl_account_id))
limit 1;
