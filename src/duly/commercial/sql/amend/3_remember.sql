-- Each agreement amended has its amendment, with the versions of the lines touched as they stood.
insert into commercial_amendment (
    entity_id, id, agreement_id, effective_on, kind, before, after, reason, made_by, recorded_at)
select
    %(entity)s, s.amendment_id, s.agreement_id, s.from_on, case when s.ends then 'end' else 'change' end,
    coalesce((
        select jsonb_agg(jsonb_build_object('term', t.id, 'valid_from', t.valid_from, 'valid_to', t.valid_to)
            order by t.id)
        from commercial_term as t
        where t.entity_id = %(entity)s and t.account_id = s.account_id and t.agreement_id = s.agreement_id
            and t.line = s.line), '[]'),
    jsonb_strip_nulls(jsonb_build_object('line', s.line, 'item', s.item, 'quantity', trim_scale(s.quantity),
        'unit_price', trim_scale(s.unit_price), 'price_from_list', nullif(s.price_from_list, false),
        'percentage', trim_scale(s.percentage), 'minimum_minor', s.minimum_minor,
        'included_quantity', trim_scale(s.included_quantity), 'ends', nullif(s.ends, false))),
    %(reason)s, %(made_by)s, %(at)s
from staged_amendment as s;
