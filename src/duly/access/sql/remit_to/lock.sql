-- Where customers are asked to pay now; ours until commit.
select bank from access_entity where id = %(entity)s for update;
