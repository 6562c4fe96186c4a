-- Whether any charge taken for issue takes back a line.
select exists (select 1 from issuing_charge where reverses_invoice_id is not null);
