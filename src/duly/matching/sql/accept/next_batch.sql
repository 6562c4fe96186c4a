-- A name for everything one act applies.
select nextval('matching_batch_id_seq');
