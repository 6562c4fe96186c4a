-- What lies between bank and ledger and is no line that waits for the match desk.
insert into found_difference (subject, kind, favours, account_id, line_id, amount_minor, currency, happened_on, sentence,
    facts)
select s.subject, 'ledger_bank', case when s.minor > 0 then 'us' else 'them' end, null, s.line_id, abs(s.minor), s.currency,
    s.happened_on, s.sentence, jsonb_build_object('age_days', %(today)s::date - s.happened_on, 'gl_code', s.gl_code,
        'bank_account_id', s.bank_account_id, 'minor', s.minor)
from unnest(%(subjects)s::text[], %(minors)s::bigint[], %(currencies)s::text[], %(days)s::date[], %(sentences)s::text[],
    %(lines)s::bigint[], %(codes)s::text[], %(banks)s::int[])
    as s (subject, minor, currency, happened_on, sentence, line_id, gl_code, bank_account_id);
