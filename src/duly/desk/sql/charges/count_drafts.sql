-- How many charges wait, counted no further than the cap.
select count(*)
from (
    select 1
    from invoicing_charge as c
    where c.entity_id = %(entity)s
        and (c.dismissed_by is not null) = %(dismissed)s
        and (%(account)s::bigint is null or c.account_id = %(account)s)
        and (%(kind)s::text is null or c.source_kind = %(kind)s)
        and (%(through_on)s::date is null or c.bill_on <= %(through_on)s)
    limit 10001
) as counted;
