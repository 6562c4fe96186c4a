-- Staged amendments know their agreement and the version of the line in force on their day, or why they cannot be made.
update staged_amendment as s
set account_id = a.id_of_account,
    old_term_id = a.term_id,
    next_from = a.next_from,
    line = coalesce(s.line, a.next_line::smallint),
    problem = case
        when a.id is null then 'unknown'
        when a.state <> 'active' then 'not_active'
        when a.again then 'line_twice'
        when s.line is null and s.item is null then 'line_or_item_missing'
        when s.line is null and s.from_on < a.starts_on then 'before_start'
        when s.line is not null and a.term_id is null then 'line_not_in_force'
        when a.ends_on <= s.from_on then 'after_end'
        when s.quantity < 0 then 'quantity_negative'
        when a.model in ('one_off', 'milestone') and not s.ends and s.from_on > a.line_since
            then 'one_off_cannot_change'
    end
from (
    select o.place, g.id, g.account_id as id_of_account, g.state, g.starts_on, g.ends_on, t.id as term_id, t.model,
        t.line_since,
        o.line is not null and row_number() over (partition by o.agreement_id, o.line order by o.place) > 1 as again,
        (select min(n.valid_from) from commercial_term as n
            where n.entity_id = %(entity)s and n.agreement_id = g.id and n.account_id = g.account_id
                and n.line = o.line and n.valid_from > o.from_on
                and (n.valid_to is null or n.valid_to > n.valid_from)) as next_from,
        (select coalesce(max(n.line), 0) from commercial_term as n
            where n.entity_id = %(entity)s and n.account_id = g.account_id and n.agreement_id = g.id)
            + row_number() over (partition by o.agreement_id, o.line is null order by o.place) as next_line
    from staged_amendment as o
    left join commercial_agreement as g on g.entity_id = %(entity)s and g.id = o.agreement_id
    left join lateral (
        select v.* from commercial_term as v
        where v.entity_id = %(entity)s and v.account_id = g.account_id and v.agreement_id = g.id and v.line = o.line
            and v.valid_from <= o.from_on and (v.valid_to is null or v.valid_to > o.from_on)) as t on true
) as a
where a.place = s.place;
