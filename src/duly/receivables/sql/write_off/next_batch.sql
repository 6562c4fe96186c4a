-- The next number for an act of writing off.
select nextval('receivables_write_off_batch_id_seq');
