-- The batch as the agency reads it: a line an item, quoted where needed, spreadsheets kept from reading formulas.
select string_agg(line, E'\r\n' order by place) || E'\r\n'
from (
    select 0 as place, 'our_account,name,legal_name,street,postal_code,city,region,country,email,phone,document,kind,issued_on,'
        || 'due_on,open_amount,currency,client_number,reason' as line
    union all
    select row_number() over (order by a.number, i.due_on, i.id), (
        select string_agg('"' || replace(case when v ~ '^[=+@\-]' then '''' || v else v end, '"', '""') || '"', ',' order by n)
        from unnest(array[a.number, p.name, p.legal_name, p.street, p.postal_code, p.city, p.region, p.country::text, p.email,
            p.phone, coalesce(d.number, ''), i.kind, i.issued_on::text, i.due_on::text,
            round(t.amount_minor / power(10::numeric, duly_currency_digits(i.currency)), duly_currency_digits(i.currency))::text,
            i.currency::text, g.reference, h.reason]) with ordinality as c (v, n))
    from collections_handover as h
    join collections_agency as g on g.entity_id = h.entity_id and g.id = h.agency_id
    join collections_handover_item as t on t.entity_id = h.entity_id and t.handover_id = h.id
    join receivables_item as i on i.entity_id = t.entity_id and i.id = t.item_id
    join receivables_account as a on a.entity_id = h.entity_id and a.id = h.account_id
    join parties_party as p on p.entity_id = a.entity_id and p.id = a.party_id
    left join receivables_number as d
        on d.entity_id = i.entity_id and d.document_kind = i.kind and d.document_id = i.document_id
    where h.entity_id = %(entity)s and h.batch_id = %(batch)s and h.state = 'handed_over'
) as lines;
