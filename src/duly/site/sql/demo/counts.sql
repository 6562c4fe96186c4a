-- How much there is.
select
    (select count(*) from receivables_account where entity_id = %(entity)s) as accounts,
    (select count(*) from commercial_agreement where entity_id = %(entity)s) as agreements,
    (select count(*) from invoicing_invoice where entity_id = %(entity)s) as invoices,
    (select count(*) from ledger_posting where entity_id = %(entity)s) as postings,
    (select count(*) from banking_line where entity_id = %(entity)s) as bank_lines,
    (select count(*) from banking_line where entity_id = %(entity)s and state = 'open') as lines_open;
