-- Every open line to be matched, with its text as printed and without separators (both upper case).
insert into match_line (line_id, version, booked_on, amount_minor, currency, is_return, words, joined, reference,
    payer_name, payer_hash, names_a_number)
select l.id, l.version, l.booked_on, l.amount_minor, l.currency, l.is_return,
    upper(l.text || ' ' || l.end_to_end_id || ' ' || l.structured_reference),
    regexp_replace(upper(l.text), '[^0-9A-Z]+', '', 'g'),
    regexp_replace(upper(l.structured_reference), '[^0-9A-Z]+', '', 'g'),
    lower(trim(regexp_replace(l.payer_name, '\s+', ' ', 'g'))),
    l.payer_account_hash,
    -- Dates and years left out: a run of four digits or more is somebody's number.
    regexp_replace(l.text, '[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|(?<![0-9])(19|20)[0-9]{2}(?![0-9/.-]|[A-Z])', ' ', 'g')
        ~ '[0-9]{4}'
from banking_line as l
where l.entity_id = %(entity)s and l.state = 'open'
    and (%(lines)s::bigint[] is null or l.id = any(%(lines)s));
