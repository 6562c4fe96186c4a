-- Every agreement number of the file is about to be an agreement; its place is its first line.
insert into staged_agreement (place, account_id, external_id, name, currency, starts_on, ends_on, trial_ends_on,
    anchor_kind, anchor_day, interval_unit, interval_count, timing, proration, po_number)
select distinct on (s.agreement) s.line, a.id, s.agreement, s.name, s.currency, s.starts_on, s.ends_on, s.trial_ends_on,
    s.anchor, s.anchor_day,
    case s."interval" when 'day' then 'day' when 'once' then 'once' else 'month' end,
    s.interval_count * case s."interval" when 'quarter' then 3 when 'year' then 12 else 1 end,
    s.timing, s.proration, s.po_number
from staged_import as s
join receivables_account as a
    on a.entity_id = %(entity)s and (a.external_id = s.customer or (a.number = s.customer and a.external_id is distinct from s.customer))
order by s.agreement, s.line;
