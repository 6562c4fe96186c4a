-- The amendments just made, in the order they were handed in.
select amendment_id as id, agreement_id, account_id from staged_amendment order by place;
