-- A line billed since a day whose tax is not that of the rule for the account's profile and the item's class.
with lines as (
    select l.invoice_id, l.line, l.account_id, l.description, l.net_minor, v.currency, v.issued_on, l.tax_code_id, i.id as item_id,
        (select coalesce(sum(x.minor), 0) from unnest(l.tax_minors) as x (minor))::bigint as tax_minor,
        rule.tax_code_id as right_code_id, l.tax_point_on
    from invoicing_invoice as v
    join invoicing_line as l on l.entity_id = v.entity_id and l.invoice_id = v.id
    join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
    join catalog_item as c on c.entity_id = l.entity_id and c.id = l.item_id
    join catalog_tax_rule as rule
        on rule.entity_id = v.entity_id and rule.tax_profile = a.tax_profile and rule.tax_class = c.tax_class
        and l.tax_point_on >= rule.valid_from and (rule.valid_to is null or l.tax_point_on < rule.valid_to)
    join receivables_item as i on i.entity_id = v.entity_id and i.kind = 'invoice' and i.document_id = v.id
    where v.entity_id = %(entity)s and v.kind = 'invoice' and v.voided_by_id is null and v.issued_on >= %(since)s
        and (%(accounts)s::bigint[] is null or v.account_id = any(%(accounts)s))
        and l.tax_code_id <> rule.tax_code_id
        and not exists (
            select 1 from invoicing_line as r
            where r.entity_id = l.entity_id and r.reverses_invoice_id = l.invoice_id and r.reverses_line = l.line)
),
judged as (
    select l.*, round(l.net_minor * coalesce((
            select sum(t.rate) from catalog_tax_rate as t
            where t.entity_id = %(entity)s and t.tax_code_id = l.right_code_id and l.tax_point_on >= t.valid_from
                and (t.valid_to is null or l.tax_point_on < t.valid_to)), 0))::bigint as right_minor
    from lines as l
)
insert into found_difference (subject, kind, favours, account_id, item_id, invoice_id, invoice_line, amount_minor, currency,
    happened_on, sentence, facts)
select 'line:' || j.invoice_id || ':' || j.line, 'tax', case when j.tax_minor > j.right_minor then 'us' else 'them' end,
    j.account_id, j.item_id, j.invoice_id, j.line, abs(j.tax_minor - j.right_minor), j.currency, j.issued_on,
    coalesce(n.number, 'invoice ' || j.invoice_id) || ', line ' || j.line || ': taxed by ' || billed.code || ' with '
        || matching_money(j.tax_minor, j.currency) || ', the rules say ' || agreed.code || ' with '
        || matching_money(j.right_minor, j.currency),
    jsonb_build_object('tax', billed.code, 'right_tax', agreed.code, 'right_minor', j.right_minor)
from judged as j
join catalog_tax_code as billed on billed.entity_id = %(entity)s and billed.id = j.tax_code_id
join catalog_tax_code as agreed on agreed.entity_id = %(entity)s and agreed.id = j.right_code_id
left join receivables_number as n
    on n.entity_id = %(entity)s and n.document_id = j.invoice_id and n.document_kind = 'invoice'
where j.tax_minor <> j.right_minor;
