-- Entries that reverse another without being its exact mirror.
select e.id as entry_id, e.reverses_id
from ledger_entry as e
where e.entity_id = %(entity)s and e.reverses_id is not null
    and exists (
        select 1
        from (
            select p.gl_account_id, p.currency, p.account_id, p.item_id, sum(p.amount_minor) as off_by
            from ledger_posting as p
            where p.entity_id = e.entity_id and p.entry_id in (e.id, e.reverses_id)
            group by p.gl_account_id, p.currency, p.account_id, p.item_id
        ) as pair
        where pair.off_by <> 0)
limit 100;
