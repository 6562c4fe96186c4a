-- Stale proposals are not accepted; they wait to be made anew.
with gone as (
    delete from accepting where moved is not null returning proposal_id
)
update matching_proposal as p
set state = 'stale'
from gone
where p.entity_id = %(entity)s and p.id = gone.proposal_id;
