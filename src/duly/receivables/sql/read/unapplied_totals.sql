-- What was not applied at the end of the day by kind, currency and age in days.
with then_open as (
    select i.id, i.account_id, i.kind, i.document_id, i.currency, i.issued_on,
        -(i.open_minor - coalesce((
            select sum(a.amount_minor) from receivables_allocation as a
            where a.entity_id = i.entity_id and a.credit_item_id = i.id and a.effective_on > %(as_of)s), 0))::bigint
            as left_minor
    from receivables_item as i
    where i.entity_id = %(entity)s and i.amount_minor < 0 and i.issued_on <= %(as_of)s
        and (i.open_minor <> 0 or i.closed_on > %(as_of)s)
)
select t.kind, t.currency, count(*) as items,
    coalesce(sum(t.left_minor) filter (where %(as_of)s::date - t.issued_on <= 30), 0)::bigint as up_to_30_minor,
    coalesce(sum(t.left_minor) filter (where %(as_of)s::date - t.issued_on between 31 and 60), 0)::bigint as up_to_60_minor,
    coalesce(sum(t.left_minor) filter (where %(as_of)s::date - t.issued_on between 61 and 90), 0)::bigint as up_to_90_minor,
    coalesce(sum(t.left_minor) filter (where %(as_of)s::date - t.issued_on > 90), 0)::bigint as over_90_minor,
    sum(t.left_minor)::bigint as total_minor
from then_open as t
where t.left_minor > 0
group by t.kind, t.currency
order by t.kind, t.currency;
