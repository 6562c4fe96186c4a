-- Proposals of other lines that counted on the same items are stale; one that somebody decides right now is left to
-- that act, which sees the moved item itself.
with rivals as (
    select p.id, p.line_id
    from matching_proposal as p
    where p.entity_id = %(entity)s and p.state = 'proposed'
        and p.id in (
            select other.proposal_id
            from accepting as a
            join matching_proposal_item as mine on mine.entity_id = %(entity)s and mine.proposal_id = a.proposal_id
            join matching_proposal_item as other
                on other.entity_id = %(entity)s and other.item_id = mine.item_id
                and other.proposal_id <> mine.proposal_id)
    for update skip locked
),
aside as (
    update matching_proposal as p
    set state = 'stale'
    from rivals as r
    where p.entity_id = %(entity)s and p.id = r.id
    returning p.line_id
)
insert into rival_line (line_id)
select distinct line_id from aside;
