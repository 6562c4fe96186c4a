-- Open cases whose difference is no longer found are resolved; `kinds` are those that were looked for.
update matching_case as c
set state = 'resolved', resolution = 'gone', note = case when c.note = '' then 'The difference is gone.' else c.note end,
    resolved_on = %(today)s, resolved_by = 'Duly', resolved_by_id = null, version = version + 1
where c.entity_id = %(entity)s and c.state = 'open' and c.kind = any(%(kinds)s)
    and (%(accounts)s::bigint[] is null or c.account_id = any(%(accounts)s))
    and not exists (select 1 from found_difference as f where f.subject = c.subject);
