-- The ids of the staged parties in the order given.
select place, party_id from staged_party order by place;
