-- Open cases that a practice may explain are thought about again.
update matching_case set analysed_at = null
where entity_id = %(entity)s and state = 'open' and kind in ('short_payment', 'deduction')
    and (%(account)s::bigint is null or account_id = %(account)s);
