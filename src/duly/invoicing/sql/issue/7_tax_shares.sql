-- Tax per rate row and document, half up (EN 16931 BR-CO-17), shared among its lines by largest remainder.
-- The arithmetic is mirrored for negative totals, so that a document and its mirror add up to nothing.
insert into issuing_share (document_id, charge_id, rate_id, tax_code_id, net_minor, tax_minor)
select document_id, charge_id, rate_id, tax_code_id, net_minor,
    side * (base + case
        when row_number() over (partition by document_id, rate_id order by exact - base desc, charge_id)
            <= tax - sum(base) over (partition by document_id, rate_id) then 1 else 0 end)
from (
    select g.*, side * net_minor * rate as exact, floor(side * net_minor * rate) as base,
        round(side * taxable * rate) as tax
    from (
        select d.id as document_id, c.id as charge_id, r.id as rate_id, c.tax_code_id, c.net_minor, r.rate,
            sum(c.net_minor) over by_rate as taxable,
            case when sum(c.net_minor) over by_rate < 0 then -1 else 1 end as side
        from issuing_charge as c
        join issuing_document as d
            on d.account_id = c.account_id and d.currency = c.currency and d.po_number = c.po_number
        join catalog_tax_rate as r
            on r.entity_id = %(entity)s and r.tax_code_id = c.tax_code_id and r.valid_from <= c.tax_point_on
            and (r.valid_to is null or c.tax_point_on < r.valid_to)
        where c.reverses_invoice_id is null
        window by_rate as (partition by d.id, r.id)
    ) as g
) as based;
