-- Agreements whose days in doubt agree with what was billed are in doubt no longer, unless they changed meanwhile or a
-- draft that this run did not look at waits further on.
update commercial_agreement as a
set recheck_from = null
from (
    select g.id as agreement_id, g.version
    from commercial_agreement as g
    where g.entity_id = %(entity)s and g.account_id between %(first)s and %(last)s
        and (g.id, g.version) in (
            select agreement_id, agreement_version from commercial_due where recheck_from <= %(through)s)
    order by g.id
    for update skip locked
) as sure
where a.entity_id = %(entity)s and a.account_id between %(first)s and %(last)s
    and a.id = sure.agreement_id and a.version = sure.version
    and not exists (
        select from staged_charge as s
        join commercial_due as d on d.term_id = s.source_id
        where d.agreement_id = sure.agreement_id and (s.version > 1 or s.source_kind = 'reversal'))
    and not exists (
        select from invoicing_charge as c
        join commercial_due as d on d.term_id = c.source_id
        where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
            and c.dismissed_by is null and c.source_kind in ('agreement', 'usage') and c.bill_on > %(through)s
            and d.agreement_id = sure.agreement_id)
    and not exists (
        select from commercial_wanted as w
        where w.agreement_id = sure.agreement_id and w.net_minor is null);
