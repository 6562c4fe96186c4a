-- Journals by hand that wait for a second person are held; their maker is not that person.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, maker_id)
select 'journal', 'journal', j.id, 'Journal ' || j.id, j.made_by_name, null, j.memo, null, null,
    (j.created_at at time zone e.zone)::date, j.made_by
from ledger_journal as j
join access_entity as e on e.id = j.entity_id
where j.entity_id = %(entity)s and j.state = 'waiting' and %(accounts)s::bigint[] is null
    and (%(ids)s::bigint[] is null or j.id = any(%(ids)s::bigint[]));
