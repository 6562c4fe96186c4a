-- What has moved among what is to be accepted.
select line_id, moved from accepting where moved is not null order by line_id;
