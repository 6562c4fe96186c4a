-- The act waits for somebody entitled; asked for twice while it waits, it waits once. Returns its id and whether it is new.
with written as (
    insert into access_proposal (
        entity_id, action, arguments, fingerprint, right_name, cause, cause_facts, needs, amount_minor, currency, reason,
        summary, facts, subject_kind, subject_id, account_id, balance_before_minor, balance_after_minor, balance_currency,
        made_by, made_by_name, made_at, beneficiary_id, deadline_on)
    values (
        %(entity)s, %(action)s, %(arguments)s, %(fingerprint)s, %(right_name)s, %(cause)s, %(cause_facts)s, %(needs)s,
        %(amount_minor)s, %(currency)s, %(reason)s, %(summary)s, %(facts)s, %(subject_kind)s, %(subject_id)s,
        %(account_id)s, %(balance_before_minor)s, %(balance_after_minor)s, %(balance_currency)s,
        %(made_by)s, %(made_by_name)s, %(made_at)s, %(beneficiary_id)s, %(deadline_on)s)
    on conflict (entity_id, fingerprint) where state = 'waiting' do nothing
    returning id, deadline_on, true as is_new
)
select id, deadline_on, is_new from written
union all
select id, deadline_on, false from access_proposal
where entity_id = %(entity)s and fingerprint = %(fingerprint)s and state = 'waiting'
    and not exists (select 1 from written);
