-- The documents made in this issue.
select id from issuing_document order by place;
