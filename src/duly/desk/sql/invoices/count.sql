-- How many documents fit, counted no further than the cap.
select count(*)
from (
    select 1
    from invoicing_invoice as d
    where d.entity_id = %(entity)s
        and (%(account)s::bigint is null or d.account_id = %(account)s)
        and (%(run)s::bigint is null or d.run_id = %(run)s)
        and (%(from_on)s::date is null or d.issued_on >= %(from_on)s)
        and (%(to_on)s::date is null or d.issued_on <= %(to_on)s)
    limit 10001
) as counted;
