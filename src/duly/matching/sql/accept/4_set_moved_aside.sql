-- Stale proposals are not accepted; their lines wait to be looked at anew.
with gone as (
    delete from accepting where moved is not null returning proposal_id, line_id
),
aside as (
    update matching_proposal as p
    set state = 'stale'
    from gone
    where p.entity_id = %(entity)s and p.id = gone.proposal_id
)
insert into rival_line (line_id)
select distinct line_id from gone;
