-- The allowance in the books, and in our proposals that still wait.
select coalesce((
    select -sum(d.debit_minor - d.credit_minor) from ledger_daily as d
    join ledger_account as a on a.entity_id = d.entity_id and a.id = d.gl_account_id and a.code = %(code)s
    where d.entity_id = %(entity)s and d.currency = %(currency)s and d.on_day <= %(on)s), 0)::bigint
  + coalesce((
    select sum(p.change_minor) from collections_loss_proposal as p
    join ledger_journal as j on j.entity_id = p.entity_id and j.id = p.journal_id and j.state = 'waiting'
    where p.entity_id = %(entity)s and p.currency = %(currency)s and p.as_of <= %(on)s), 0)::bigint;
