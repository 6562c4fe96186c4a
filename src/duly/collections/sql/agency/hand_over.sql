-- The accounts are with the agency, each with what is overdue and does not rest.
insert into collections_handover (entity_id, batch_id, agency_id, account_id, currency, amount_minor, items, handed_on, reason,
    by_name)
select %(entity)s, %(batch)s, g.id, i.account_id, i.currency, sum(i.open_minor), count(*), %(on)s, %(reason)s, %(by)s
from collections_agency as g
join receivables_item as i on i.entity_id = g.entity_id and i.account_id = any(%(accounts)s) and i.open_minor > 0
    and i.due_on < %(on)s
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
where g.entity_id = %(entity)s and g.id = %(agency)s and g.active
    and not exists (
        select 1 from collections_dispute as d
        where d.entity_id = i.entity_id and d.item_id = i.id and d.state = 'open')
    and not exists (
        select 1 from collections_plan_item as t
        where t.entity_id = i.entity_id and t.item_id = i.id and t.active)
    and not exists (
        select 1 from collections_handover_item as t
        where t.entity_id = i.entity_id and t.item_id = i.id and t.active)
    and not exists (
        select 1 from collections_promise as r
        where r.entity_id = i.entity_id and r.account_id = i.account_id and r.state = 'open')
    and not exists (
        select 1 from collections_stop as s
        where s.entity_id = i.entity_id and s.party_id = a.party_id and s.lifted_at is null)
    and not exists (
        select 1 from receivables_item as u
        where u.entity_id = i.entity_id and u.account_id = i.account_id and u.open_minor < 0)
group by g.id, i.account_id, i.currency
returning id, account_id, currency, amount_minor;
