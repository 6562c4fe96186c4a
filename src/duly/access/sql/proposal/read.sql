-- One proposal.
select id, action, arguments, right_name, cause, cause_facts, needs, amount_minor, currency, reason, summary, facts, subject_kind,
    subject_id, account_id, balance_before_minor, balance_after_minor, balance_currency, made_by, made_by_name, made_at,
    beneficiary_id, deadline_on, state, decided_by, decided_by_name, decided_at, decided_reason, decided_arguments, waiver_id
from access_proposal
where entity_id = %(entity)s and id = %(id)s;
