-- The next batch of a hand-over.
select nextval('collections_handover_batch');
