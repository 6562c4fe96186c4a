-- Drafts that are no longer wanted are gone, but for those a person edited or dismissed.
with unwanted as (
    select c.id
    from invoicing_charge as c
    join staged_withdrawn as s on s.account_id = c.account_id and s.charge_key = c.charge_key and s.version = c.version
    where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
        and c.edited_by is null and c.dismissed_by is null
    order by c.account_id, c.id
    for update of c
)
delete from invoicing_charge as c
using unwanted as u
where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s and c.id = u.id;
