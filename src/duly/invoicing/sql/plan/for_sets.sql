-- Freshly filled tables have no statistics: no nested loops over them, and no compiling, in this transaction.
select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true);
