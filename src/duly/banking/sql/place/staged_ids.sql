-- The placements just made.
select placement_id as id from staged_placement order by placement_id;
