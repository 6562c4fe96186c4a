-- What earlier, finished runs asked about these accounts is asked anew by this one, or not at all.
update invoicing_surprise as s
set state = 'superseded'
where s.entity_id = %(entity)s and s.account_id between %(first)s and %(last)s and s.run_id <> %(run)s
    and s.state in ('open', 'held')
    and (%(account_ids)s::bigint[] is null or s.account_id = any(%(account_ids)s))
    and exists (
        select 1 from invoicing_run as r
        where r.entity_id = s.entity_id and r.id = s.run_id and r.state in ('issued', 'cancelled'));
