-- How many invoices are open, or open after their due day, counted no further than the cap.
select count(*)
from (
    select 1
    from receivables_item as i
    where i.entity_id = %(entity)s and i.open_minor <> 0 and i.kind in ('invoice', 'credit_note')
        and (%(due_before)s::date is null or (i.due_on < %(due_before)s and i.kind = 'invoice'))
        and (%(account)s::bigint is null or i.account_id = %(account)s)
    limit 10001
) as counted;
