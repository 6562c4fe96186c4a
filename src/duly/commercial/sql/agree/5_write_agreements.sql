-- The agreements taken are there.
insert into commercial_agreement (
    entity_id, id, number, account_id, name, currency, price_list, starts_on, ends_on, trial_ends_on, anchor_kind,
    anchor_day, interval_unit, interval_count, timing, proration, po_number, state, external_id, import_batch_id,
    created_at)
select
    %(entity)s, agreement_id, number, account_id, name, currency, price_list, starts_on, ends_on, trial_ends_on,
    anchor_kind, anchor_day, interval_unit, interval_count, timing, proration, po_number, state, external_id,
    %(batch)s, %(at)s
from staged_agreement
where problem is null and not repeated
order by account_id, agreement_id;
