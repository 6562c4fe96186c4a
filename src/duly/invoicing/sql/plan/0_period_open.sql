-- Whether a day lies in an open period.
select exists (
    select 1 from ledger_period
    where entity_id = %(entity)s and %(day)s between starts_on and ends_on and state = 'open');
