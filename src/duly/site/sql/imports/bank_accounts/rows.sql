-- The staged bank accounts.
select name, currency, gl_code, iban, account_number, bic, bank_name, reference_scheme from staged_import order by line;
