-- The next number of a payment file.
select nextval(pg_get_serial_sequence('payments_refund_file', 'id'));
