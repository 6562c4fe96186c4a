-- Where customers are asked to pay now.
select bank from access_entity where id = %(entity)s;
