-- What cannot be charged says why, so that its account is held and not forgotten.
with missing as (
    select w.account_id, d.currency, case
        when w.net_minor is null then format('No price for %%s in %%s on %%s', i.code, d.currency,
            coalesce(w.covered_from, w.bill_on))
        when g.id is null then format('No ledger account %%s for %%s', i.revenue_account, i.code)
        else format('No tax rule for profile %%s and class %%s on %%s', a.tax_profile, i.tax_class, w.tax_point_on)
        end as reason
    from commercial_wanted as w
    join commercial_due as d on d.term_id = w.term_id
    join receivables_account as a on a.entity_id = %(entity)s and a.id = w.account_id
    join catalog_item as i on i.entity_id = %(entity)s and i.id = d.item_id
    left join ledger_account as g on g.entity_id = %(entity)s and g.code = i.revenue_account
    left join staged_charge as s on s.charge_key = w.charge_key and s.version = w.version
    where not w.settled and w.net_minor is distinct from 0 and s.charge_key is null
), said as (
    select account_id, currency, string_agg(distinct reason, '; ') as reason from missing group by 1, 2
)
update staged_expected as e
set reason = said.reason
from said
where e.account_id = said.account_id and e.currency = said.currency;
