-- A reversal may take back no more of a line than is left of it; items that would are held.
with wanted as (
    select c.account_id, c.currency, c.reverses_invoice_id, c.reverses_line, sum(c.net_minor) as net_minor,
        min(c.description) as description
    from issuing_charge as c
    where c.reverses_invoice_id is not null
    group by c.account_id, c.currency, c.reverses_invoice_id, c.reverses_line
),
left_over as (
    select w.account_id, w.currency, w.description, w.net_minor as wanted_minor,
        coalesce((
            select l.net_minor from invoicing_line as l
            where l.entity_id = %(entity)s and l.invoice_id = w.reverses_invoice_id and l.line = w.reverses_line), 0)
        + coalesce((
            select sum(l.net_minor) from invoicing_line as l
            where l.entity_id = %(entity)s and l.reverses_invoice_id = w.reverses_invoice_id
                and l.reverses_line = w.reverses_line), 0) as left_minor
    from wanted as w
),
too_much as (
    select distinct on (o.account_id, o.currency) o.*, a.owner_id
    from left_over as o
    join receivables_account as a on a.entity_id = %(entity)s and a.id = o.account_id
    where abs(o.wanted_minor) > abs(o.left_minor) or sign(o.wanted_minor) = sign(o.left_minor)
    order by o.account_id, o.currency, o.wanted_minor
)
update invoicing_run_item as i
set state = 'held', reason_code = 'reversal_exceeds_line', owner_id = t.owner_id, deadline_on = %(deadline_on)s,
    reason = 'Taking back ' || duly_major(t.wanted_minor, i.currency) || ' for "' || t.description || '", but only '
        || duly_major(t.left_minor, i.currency) || ' of that line is left.'
from too_much as t
where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
    and i.account_id = t.account_id and i.currency = t.currency and i.state = 'planned';
