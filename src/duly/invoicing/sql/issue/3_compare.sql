-- Items whose drafts are not those that were planned, or cannot be billed as they are, say so and are left out.
with rateless as materialized (
    select u.tax_code_id, u.tax_point_on
    from (select distinct tax_code_id, tax_point_on from issuing_charge) as u
    where not exists (
        select 1 from catalog_tax_rate as r
        where r.entity_id = %(entity)s and r.tax_code_id = u.tax_code_id and r.valid_from <= u.tax_point_on
            and (r.valid_to is null or u.tax_point_on < r.valid_to))
),
taken as (
    select c.account_id, c.currency, count(*) as charges, sum(c.net_minor) as net_minor,
        min(c.description) filter (where u.tax_code_id is not null) as untaxed
    from issuing_charge as c
    left join rateless as u on u.tax_code_id = c.tax_code_id and u.tax_point_on = c.tax_point_on
    group by c.account_id, c.currency
),
differing as (
    select i.account_id, i.currency, i.charges as planned_charges, i.net_minor as planned_minor,
        i.expected_minor, coalesce(t.charges, 0) as charges, coalesce(t.net_minor, 0) as net_minor, t.untaxed,
        a.owner_id
    from invoicing_run_item as i
    join receivables_account as a
        on a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = i.account_id
    left join taken as t on t.account_id = i.account_id and t.currency = i.currency
    where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
        and i.state = 'planned'
        and (t.charges is distinct from i.charges or t.net_minor is distinct from i.net_minor
            or t.untaxed is not null)
),
explained as (
    select d.*, (
        select coalesce(sum(v.net_minor), 0)
        from invoicing_invoice as v
        where v.entity_id = %(entity)s and v.account_id = d.account_id and v.currency = d.currency
            and v.run_id is distinct from %(run)s and v.run_id is not null
            and v.created_at >= (
                select r.created_at from invoicing_run as r where r.entity_id = %(entity)s and r.id = %(run)s)
    ) as elsewhere_minor
    from differing as d
)
update invoicing_run_item as i
set state = case when e.charges = 0 and e.elsewhere_minor = e.planned_minor then 'elsewhere' else 'held' end,
    reason_code = case
        when e.untaxed is not null then 'tax_rate_missing'
        when e.charges = 0 and e.elsewhere_minor = e.planned_minor then 'billed_elsewhere'
        else 'changed_since_plan' end,
    reason = case
        when e.untaxed is not null then 'No tax rate is in force for: ' || e.untaxed
        when e.charges = 0 and e.elsewhere_minor = e.planned_minor then 'Another run billed it meanwhile.'
        else 'Planned were ' || e.planned_charges || ' charges of ' || duly_major(e.planned_minor, i.currency)
            || ', now there are ' || e.charges || ' of ' || duly_major(e.net_minor, i.currency) || '.' end,
    owner_id = e.owner_id,
    deadline_on = %(deadline_on)s
from explained as e
where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
    and i.account_id = e.account_id and i.currency = e.currency;
