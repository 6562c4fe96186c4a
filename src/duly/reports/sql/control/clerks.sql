-- How long after it came each person applied money between two days.
select coalesce(u.name, 'Duly') as person, s.currency, count(*)::int as applied,
    round(avg(greatest(s.effective_on - r.received_on, 0)), 1) as days_on_average,
    max(s.effective_on - r.received_on)::int as days_at_most,
    (count(*) filter (where s.effective_on - r.received_on > %(late_days)s))::int as late,
    coalesce(sum(s.amount_minor) filter (where s.effective_on - r.received_on > %(late_days)s), 0)::bigint as late_minor
from receivables_allocation as s
join receivables_item as i on i.entity_id = s.entity_id and i.id = s.credit_item_id and i.kind = 'payment'
join payments_receipt as r on r.entity_id = i.entity_id and r.id = i.document_id and r.kind = 'receipt'
left join access_user as u on u.id = s.actor_id
where s.entity_id = %(entity)s and s.amount_minor > 0 and s.effective_on between %(from_on)s and %(to_on)s
group by 1, 2
order by 1, 2;
