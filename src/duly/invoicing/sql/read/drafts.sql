-- A page of drafts, account by account, after the last one seen.
select c.id, c.account_id, a.number as account_number, a.name as account_name, c.currency, c.charge_key, c.version,
    c.source_kind, c.description, c.period_from, c.period_to, c.bill_on, c.quantity, c.unit, c.unit_price,
    c.net_minor, c.agreed_net_minor, k.code as tax_code, c.po_number, c.edited_by, c.dismissed_by, c.note, c.pricing
from (
    select * from invoicing_charge as d
    where d.entity_id = %(entity)s and (d.dismissed_by is not null) = %(dismissed)s
        and (%(account)s::bigint is null or d.account_id = %(account)s)
        and (%(source_kind)s::text is null or d.source_kind = %(source_kind)s)
        and (%(through_on)s::date is null or d.bill_on <= %(through_on)s)
        and (%(after_account)s::bigint is null or (d.account_id, d.bill_on, d.id)
            > (%(after_account)s::bigint, %(after_on)s::date, %(after_id)s::bigint))
    order by d.account_id, d.bill_on, d.id
    limit %(limit)s
) as c
join receivables_account as a on a.entity_id = c.entity_id and a.id = c.account_id
join catalog_tax_code as k on k.entity_id = c.entity_id and k.id = c.tax_code_id
order by c.account_id, c.bill_on, c.id;
