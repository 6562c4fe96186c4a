-- Policies in force on a day with their steps.
select p.id, p.segment, p.name, p.currency, p.min_minor, p.letter_gap_days, p.pay_in_days, p.money_wait_days,
    p.promise_grace_days, p.late_law, p.valid_from, p.made_by, (
        select jsonb_agg(jsonb_build_object('step', s.step, 'name', s.name, 'days_late', s.days_late, 'grace_days', s.grace_days,
            'channel', s.channel, 'fee_minor', s.fee_minor, 'charges_interest', s.charges_interest,
            'charges_lump', s.charges_lump, 'texts', s.texts) order by s.step)
        from collections_policy_step as s where s.entity_id = p.entity_id and s.policy_id = p.id) as steps
from collections_policy as p
where p.entity_id = %(entity)s and p.valid_to is null
order by p.segment;
