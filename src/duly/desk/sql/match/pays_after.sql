-- After how many days an account usually pays: the middle of its last twelve settled invoices; nothing before three.
select percentile_disc(0.5) within group (order by closed_on - issued_on)
from (
    select i.closed_on, i.issued_on
    from receivables_item as i
    where i.entity_id = %(entity)s and i.account_id = %(account)s and i.kind = 'invoice' and i.closed_on is not null
    order by i.issued_on desc, i.id desc
    limit 12
) as last
having count(*) >= 3;
