-- One round of matching at a time in an office.
select pg_advisory_xact_lock(hashtext('duly.matching'), %(entity)s);
