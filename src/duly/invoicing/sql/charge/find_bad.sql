-- The first entered charge that cannot be understood, and why.
select e.place, case
        when a.id is null then 'account_unknown'
        when a.state <> 'active' then 'account_closed'
        when coalesce(e.item_code, '') <> '' and i.id is null then 'item_unknown'
        when coalesce(e.description, '') = '' and i.id is null then 'description_missing'
        when e.net_minor is null and coalesce(e.unit_price, p.unit_price) is null then 'price_missing'
        when k.id is null then 'tax_code_missing'
        when g.id is null then 'revenue_account_unknown'
    end as problem, e.account_id, coalesce(e.item_code, '') as item_code
from (
    select row_number() over () as place, given.*
    from jsonb_to_recordset(%(rows)s::jsonb) as given (account_id bigint, item_code text, description text,
        unit_price numeric, net_minor bigint, currency text, bill_on date, tax_point_on date, tax_code text,
        revenue_account text)
) as e
left join receivables_account as a on a.entity_id = %(entity)s and a.id = e.account_id
left join catalog_item as i on i.entity_id = %(entity)s and i.code = e.item_code
left join catalog_price as p on p.entity_id = %(entity)s and p.item_id = i.id and p.price_list = 'standard'
    and p.currency = coalesce(nullif(e.currency, ''), a.currency)
    and p.valid_from <= e.bill_on and (p.valid_to is null or e.bill_on < p.valid_to)
left join catalog_tax_rule as u on u.entity_id = %(entity)s and u.tax_profile = a.tax_profile
    and u.tax_class = coalesce(i.tax_class, 'standard')
    and u.valid_from <= coalesce(e.tax_point_on, e.bill_on)
    and (u.valid_to is null or coalesce(e.tax_point_on, e.bill_on) < u.valid_to)
left join catalog_tax_code as k on k.entity_id = %(entity)s
    and case when coalesce(e.tax_code, '') <> '' then k.code = e.tax_code else k.id = u.tax_code_id end
left join ledger_account as g on g.entity_id = %(entity)s
    and g.code = coalesce(nullif(e.revenue_account, ''), i.revenue_account, '4000')
where a.id is null or a.state <> 'active' or (coalesce(e.item_code, '') <> '' and i.id is null)
    or (coalesce(e.description, '') = '' and i.id is null)
    or (e.net_minor is null and coalesce(e.unit_price, p.unit_price) is null) or k.id is null or g.id is null
order by e.place
limit 1;
