-- Periods that have ended and are still open wait to be closed; only those of the last year that hold entries.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on)
select 'close', 'period', p.id, to_char(p.starts_on, 'YYYY-MM'), '', null,
    'The period ended on ' || p.ends_on || ' and is still open', null, null, p.ends_on + 1
from ledger_period as p
where p.entity_id = %(entity)s and p.state = 'open' and p.ends_on < %(today)s::date
    and p.ends_on > %(today)s::date - 366 and %(accounts)s::bigint[] is null
    and (%(ids)s::bigint[] is null or p.id = any(%(ids)s::bigint[]))
    and exists (select 1 from ledger_account as g
        join ledger_daily as d on d.entity_id = g.entity_id and d.gl_account_id = g.id
        where g.entity_id = p.entity_id and d.on_day between p.starts_on and p.ends_on);
