-- Lines billed from an agreement at another price than the agreement's, when it is the line's own and the line is not
-- taken back. What a run was told to bill so always is no difference.
insert into found_difference (subject, kind, favours, account_id, item_id, invoice_id, invoice_line, amount_minor, currency,
    happened_on, sentence, facts)
select 'line:' || x.invoice_id || ':' || x.line, 'price', case when x.off_minor > 0 then 'us' else 'them' end, x.account_id,
    i.id, x.invoice_id, x.line, abs(x.off_minor), x.currency, x.issued_on,
    coalesce(n.number, 'invoice ' || x.invoice_id) || ', line ' || x.line || ': ' || trim_scale(x.quantity) || ' x '
        || trim_scale(x.unit_price) || ' billed, ' || trim_scale(x.agreed_price) || ' agreed, with tax '
        || matching_money(abs(x.off_minor), x.currency),
    jsonb_build_object('expected', 'price', 'resolution', case when x.off_minor > 0 then 'credit' else 'bill' end,
        'item_code', c.code, 'description', x.description || ': price as agreed', 'net_minor', abs(x.net_off_minor),
        'agreed_price', x.agreed_price, 'line', x.line)
from (
    select l.invoice_id, l.line, l.account_id, l.item_id, l.description, l.quantity, l.unit_price, t.unit_price as agreed_price,
        v.currency, v.issued_on,
        round((l.unit_price - t.unit_price) * l.quantity * g.scale)::bigint as net_off_minor,
        round((l.unit_price - t.unit_price) * l.quantity * g.scale)::bigint
            + round((l.unit_price - t.unit_price) * l.quantity * g.scale
                * (select coalesce(sum(m.minor), 0) from unnest(l.tax_minors) as m (minor)) / l.net_minor)::bigint as off_minor
    from invoicing_invoice as v
    join invoicing_line as l
        on l.entity_id = v.entity_id and l.invoice_id = v.id and l.source_kind = 'agreement' and l.net_minor <> 0
    join commercial_term as t
        on t.entity_id = l.entity_id and t.id = l.source_id and t.model in ('flat', 'per_unit') and t.unit_price is not null
    join commercial_agreement as g on g.entity_id = t.entity_id and g.id = t.agreement_id
    where v.entity_id = %(entity)s and v.kind = 'invoice' and v.voided_by_id is null and v.issued_on >= %(since)s
        and (%(accounts)s::bigint[] is null or v.account_id = any(%(accounts)s))
        and l.unit_price is not null and l.unit_price <> t.unit_price
        and not exists (
            select 1 from invoicing_line as r
            where r.entity_id = l.entity_id and r.reverses_invoice_id = l.invoice_id and r.reverses_line = l.line)
) as x
join receivables_item as i on i.entity_id = %(entity)s and i.kind = 'invoice' and i.document_id = x.invoice_id
left join catalog_item as c on c.entity_id = %(entity)s and c.id = x.item_id
left join receivables_number as n
    on n.entity_id = %(entity)s and n.document_kind = 'invoice' and n.document_id = x.invoice_id
where x.off_minor <> 0
    and not exists (
        select 1 from invoicing_surprise as s
        where s.entity_id = %(entity)s and s.account_id = x.account_id and s.kind = 'price_differs'
            and s.state in ('accepted', 'always') and (s.facts ->> 'unit_price')::numeric = x.unit_price);
