-- The ids of the staged accounts in the order given.
select place, account_id from staged_account order by place;
