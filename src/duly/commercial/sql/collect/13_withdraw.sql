-- Drafts of the periods this run looked at that are no longer wanted are withdrawn.
insert into staged_withdrawn (entity_id, account_id, charge_key, version)
select c.entity_id, c.account_id, c.charge_key, c.version
from invoicing_charge as c
join commercial_due as d on d.term_id = c.source_id
left join commercial_wanted as w
    on w.charge_key = c.charge_key and w.version = c.version and not w.settled and w.net_minor <> 0
left join staged_charge as s on s.charge_key = c.charge_key and s.version = c.version
where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
    and c.dismissed_by is null and c.source_kind in ('agreement', 'usage', 'reversal') and c.bill_on <= %(through)s
    and (d.recheck_from is not null or (c.source_kind <> 'reversal'
        and (d.billed_from is null or c.period_from is null or c.period_from > d.billed_from)))
    and w.charge_key is null and s.charge_key is null;
