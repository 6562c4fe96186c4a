-- Journals of the days that nobody has decided.
select id, made_by_name
from ledger_journal
where entity_id = %(entity)s and state = 'waiting' and effective_on between %(starts_on)s and %(ends_on)s
order by id;
